import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType, SpecDatabase } from '@aws-cdk/service-spec-types';
import { hasMembers, type PropertyRules } from '../../local/aws/property-rules';
import { resourceTypeOf } from '../../local/resource-types';
import { resolverOf } from '../support/resolver';

type Properties = Record<string, { readonly type: PropertyType }>;

const spec: SpecDatabase = loadAwsServiceSpecSync();

const TYPES = spec
  .all('resource')
  .map(({ cloudFormationType, properties }) => ({ cloudFormationType, properties: properties as Properties }))
  .filter(({ cloudFormationType }) => {
    const { create, properties } = resourceTypeOf(cloudFormationType);
    return create !== undefined || properties !== undefined;
  })
  .map(({ cloudFormationType, properties }) => [cloudFormationType, properties] as const);

/** The paths of all properties; of the members, too, where the rules are about members. */
function pathsIn(properties: Properties, rules: PropertyRules, prefix = ''): string[] {
  return Object.entries(properties).flatMap(([name, { type }]) => {
    const path = `${prefix}${name}`;
    return hasMembers(path, rules) ? pathsIn(membersOf(type), rules, `${path}.`) : [path];
  });
}

function membersOf(type: PropertyType): Properties {
  if (type.type === 'array') return membersOf(type.element);
  if (type.type === 'union') return Object.assign({}, ...type.types.map(membersOf));
  if (type.type !== 'ref') throw new Error(`a ${type.type} has no members`);
  return spec.get('typeDefinition', type.reference.$ref).properties as Properties;
}

test('the local cloud plays types of each of its services', () => {
  expect(TYPES.map(([type]) => type)).toEqual(
    expect.arrayContaining(['AWS::Cognito::UserPool', 'AWS::Lambda::EventInvokeConfig', 'AWS::SQS::Queue']),
  );
  expect(TYPES.length).toBeGreaterThanOrEqual(25);
});

test.each(TYPES)(
  '%s: each property is played, has no effect, is left out or is refused',
  (type, properties) => {
    const rules = resourceTypeOf(type).properties;
    if (!rules) throw new Error(`${type} is created, so it must say what it does with its properties`);
    const { played, withoutEffect = [], leftOut = [], refused = {} } = rules;
    const listed = [...played, ...withoutEffect, ...leftOut, ...Object.keys(refused)];

    expect(listed.toSorted()).toEqual(pathsIn(properties, rules).toSorted());
    expect(Object.keys(rules.neutral ?? {}).filter((path) => !listed.includes(path))).toEqual([]);
  },
);

/** The most characters in a name, from the API reference of each service. */
const NAME_LIMITS: [string, number][] = [
  ['AWS::CloudWatch::Alarm', 255],
  ['AWS::Cognito::UserPoolGroup', 128],
  ['AWS::Cognito::UserPoolIdentityProvider', 32],
  ['AWS::Cognito::UserPoolUser', 128],
  ['AWS::DynamoDB::Table', 255],
  ['AWS::Events::EventBus', 256],
  ['AWS::Events::Rule', 64],
  ['AWS::IAM::ManagedPolicy', 128],
  ['AWS::IAM::Role', 64],
  ['AWS::Kinesis::Stream', 128],
  ['AWS::Lambda::Function', 64],
  ['AWS::Lambda::LayerVersion', 140],
  ['AWS::Logs::LogGroup', 512],
  ['AWS::S3::Bucket', 63],
  ['AWS::SNS::Topic', 256],
  ['AWS::SQS::Queue', 80],
  ['AWS::Scheduler::Schedule', 64],
  ['AWS::Scheduler::ScheduleGroup', 64],
  ['AWS::SecretsManager::Secret', 512],
  ['AWS::StepFunctions::StateMachine', 80],
];

test.each(NAME_LIMITS)('the generated name of an %s has at most %i characters', (Type, limit) => {
  expect(resourceTypeOf(Type).maxNameLength).toBe(limit);
});

test('a bucket has a name in lower case, and a FIFO queue one with its ending', () => {
  const stackName = `Shop-${'x'.repeat(100)}`;
  const template = {
    Resources: {
      Photos: { Type: 'AWS::S3::Bucket' },
      Jobs: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } },
    },
  };
  const resolver = resolverOf(template, stackName);

  expect(resolver.ref('Photos')).toMatch(/^shop-x{40,}-photos-[a-z0-9]{8}$/);
  expect(String(resolver.ref('Photos'))).toHaveLength(63);
  expect(resolver.getAtt('Jobs.QueueName')).toMatch(/^Shop-x+-Jobs-[A-Z0-9]{8}\.fifo$/);
  expect(String(resolver.getAtt('Jobs.QueueName'))).toHaveLength(80);
});
