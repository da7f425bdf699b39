import { arn } from '../aws/environment';
import { idOf } from '../aws/identity';
import type { Naming, ResourceType } from '../aws/resource-type';
import type { ResourceIdentity } from '../aws/template';

/** Services whose ARNs do not have the name that they have in CloudFormation. */
const SERVICES: Record<string, string> = {
  amazonmq: 'mq',
  apigatewayv2: 'apigateway',
  applicationautoscaling: 'application-autoscaling',
  bedrockagentcore: 'bedrock-agentcore',
  certificatemanager: 'acm',
  cognito: 'cognito-idp',
  efs: 'elasticfilesystem',
  elasticloadbalancingv2: 'elasticloadbalancing',
  elasticsearch: 'es',
  kinesisfirehose: 'firehose',
  msk: 'kafka',
  opensearchservice: 'es',
  stepfunctions: 'states',
};

/** Identifies a resource of any type: its `Ref` is its name, and its attributes are well-formed. */
export function identifyGenerically(type: string) {
  return (naming: Naming): ResourceIdentity => {
    const attributes = new Proxy({} as Record<string, unknown>, {
      get: (_, attribute) => attributeOf(type, String(attribute), naming),
    });
    return { ref: naming.name, attributes };
  };
}

/** A type of which the local cloud knows nothing. */
export function inertType(type: string): ResourceType {
  return { identify: identifyGenerically(type), isInert: () => true };
}

function attributeOf(type: string, attribute: string, { name, environment }: Naming): string {
  const [, cloudFormationService = '', kind = ''] = type.toLowerCase().split('::');
  const service = SERVICES[cloudFormationService] ?? cloudFormationService;
  const label = name.toLowerCase();
  if (/arn$/i.test(attribute)) return arn(service, `${kind}/${name}`, environment);
  if (/(^|\.)(name)$/i.test(attribute)) return name;
  if (/id$/i.test(attribute)) return idOf(`${name}.${attribute}`, 12);
  const host = `${label}.${service}.${environment.region}.amazonaws.com`;
  return /(url|uri)$/i.test(attribute) ? `https://${host}` : host;
}
