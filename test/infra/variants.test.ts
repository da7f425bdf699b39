import type { Template, TemplateResource } from '../../local/aws/template';
import { inDependencyOrder } from '../../local/cloudformation/dependencies';
import { EVERYTHING } from '../support/everything';
import { PROPS_OF_VARIANTS, synthesizeDefaultStack, synthesizeVariant, VARIANTS } from '../support/variants';

const templates: [string, Template][] = [
  ['the default stack', synthesizeDefaultStack()],
  ...(EVERYTHING ? VARIANTS : PROPS_OF_VARIANTS).map((name): [string, Template] => [
    name,
    synthesizeVariant(name),
  ]),
];

function resourcesOf({ Resources }: Template, type: string): [string, TemplateResource][] {
  return Object.entries(Resources).filter(([, { Type }]) => Type === type);
}

/** Whether CloudFormation creates one resource after another one: the opposite order would be a circle. */
function waitsFor(template: Template, logicalId: string, other: string): boolean {
  const reversed = structuredClone(template);
  const resource = reversed.Resources[other] as { DependsOn?: unknown };
  resource.DependsOn = [resource.DependsOn ?? []].flat().concat(logicalId);
  try {
    inDependencyOrder(reversed);
    return false;
  } catch {
    return true;
  }
}

/** The logical id that a value of a template refers to. */
function referenceIn(value: unknown): string {
  const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  return Ref ?? attribute?.[0] ?? '';
}

/** The policies of a function's role. */
function policiesOf(template: Template, functionId: string): string[] {
  const role = referenceIn(template.Resources[functionId]?.Properties?.Role);
  return resourcesOf(template, 'AWS::IAM::Policy')
    .filter(([, { Properties = {} }]) =>
      (Properties.Roles as unknown[]).some((each) => referenceIn(each) === role),
    )
    .map(([logicalId]) => logicalId);
}

describe.each(templates)('when %s', (_, template) => {
  test('no resource waits for itself', () => {
    expect(() => inDependencyOrder(template)).not.toThrow();
  });

  test('what is kept has no name that the next deployment would want', () => {
    const kept = Object.values(template.Resources).filter(({ DeletionPolicy }) =>
      DeletionPolicy?.startsWith('Retain'),
    );

    for (const { Properties = {} } of kept) {
      expect(Object.keys(Properties).filter((property) => property.endsWith('Name'))).toEqual([]);
    }
  });

  test('a first deployment that fails leaves nothing of ours behind', () => {
    const ours = Object.entries(template.Resources).filter(([logicalId]) =>
      logicalId.startsWith('Onboarding'),
    );
    const kept = ours.filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain');

    expect(kept.map(([logicalId]) => logicalId)).toEqual([]);
  });

  test('what calls a function waits for all that the function may do', () => {
    const callers = [
      ...resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(
        ([id, { Properties }]) => [id, referenceIn(Properties?.FunctionName)] as const,
      ),
      ...resourcesOf(template, 'Custom::PostConfirmationTrigger').map(
        ([id, { Properties }]) => [id, referenceIn(Properties?.ServiceToken)] as const,
      ),
    ];

    expect(callers.length).toBeGreaterThan(0);
    for (const [caller, functionId] of callers) {
      const policies = policiesOf(template, functionId);
      expect(policies).not.toEqual([]);
      expect(policies.filter((policy) => !waitsFor(template, caller, policy))).toEqual([]);
    }
  });

  test('a deletion stops the schedule before it takes the trigger off', () => {
    const [[schedule] = ['']] = resourcesOf(template, 'AWS::Scheduler::Schedule');

    expect(schedule).not.toBe('');
    for (const [attachment] of resourcesOf(template, 'Custom::PostConfirmationTrigger')) {
      expect(waitsFor(template, schedule, attachment)).toBe(true);
    }
  });

  test('the trigger is set after Cognito may call it', () => {
    const [[permission] = ['']] = resourcesOf(template, 'AWS::Lambda::Permission');
    const setters = [
      ...resourcesOf(template, 'AWS::Cognito::UserPool'),
      ...resourcesOf(template, 'Custom::PostConfirmationTrigger'),
    ];

    expect(permission).not.toBe('');
    for (const [setter] of setters) expect(waitsFor(template, setter, permission)).toBe(true);
  });
});
