import { modelledInput } from './aws/modelled-input';
import { JWKS } from './aws/signed-token';
import { createConsole } from './console/console';
import type { GatewayRoutes } from './gateway/routes';
import { callerIdentity } from './iam/caller-identity';
import { createLocalApi } from './local-api';
import type { Services } from './services';

/**
 * What answers the requests to the gateway.
 *
 * @param outputs the outputs of all stacks.
 */
export function routesTo(services: Services, outputs: () => Record<string, string>): GatewayRoutes {
  const { changes, cloudWatch, cognito, cognitoIdentity, dynamodb, events, faults, iam } = services;
  const { invokeApi, lambda, lambdaApi, logs, scheduler, sqs, stepFunctions } = services;
  return {
    services: {
      AWSCognitoIdentityProviderService: cognito,
      AWSCognitoIdentityService: cognitoIdentity,
      DynamoDB_20120810: dynamodb,
      AmazonSQS: sqs,
      AWSEvents: events,
      AWSStepFunctions: stepFunctions,
      GraniteServiceVersion20100801: cloudWatch,
      Logs_20140328: logs,
    },
    restServices: { lambda: lambdaApi, scheduler },
    call: async (service, call, accessKeyId) => {
      // IAM and the service must get the same input.
      const input = modelledInput(service.prefix, call.action, call.input);
      iam.authorizeCall(accessKeyId, service.prefix, call.action, input);
      await faults.apply(`${service.prefix}:${call.action}`);
      return service.call({ ...call, input });
    },
    callerIdentity: (accessKeyId) => callerIdentity(iam.sessionOf(accessKeyId)),
    invoke: async ({ name, accessKeyId, headers, body }) => {
      iam.authorizeCall(accessKeyId, 'lambda', 'InvokeFunction', { FunctionArn: lambda.invokedArnOf(name) });
      await faults.apply('lambda:InvokeFunction');
      return invokeApi.invoke(name, headers, body);
    },
    local: createLocalApi(services),
    console: createConsole(services, outputs),
    onChange: () => changes.emit('change'),
    jwks: JWKS,
  };
}
