import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType, SpecDatabase } from '@aws-cdk/service-spec-types';
import { hasMembers, type PropertyRules } from '../../local/aws/property-rules';
import { resourceTypeOf } from '../../local/resource-types';

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
