import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import validate from 'asl-validator';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { UserOnboarding } from '../../infra/user-onboarding';
import { testApp } from '../support/stack';

interface State {
  readonly Type: string;
  readonly Comment?: string;
  readonly Resource?: string;
  readonly Parameters?: { readonly FunctionName?: string };
  readonly TimeoutSeconds?: number;
}

const root = join(__dirname, '..', '..');
const stack = new Stack(testApp(), 'Stack');
// The definitions are whole where the deployment attaches the trigger.
new UserOnboarding(stack, 'Onboarding', {
  userPool: UserPool.fromUserPoolId(stack, 'UserPool', 'us-east-1_Ab12Cd34E'),
  attachTrigger: true,
  requireVerifiedEmail: true,
});
const deployed = Object.values(Template.fromStack(stack).findResources('AWS::StepFunctions::StateMachine'));

describe.each(readdirSync(join(root, 'state-machines')))('%s', (file) => {
  const text = readFileSync(join(root, 'state-machines', file), 'utf8');
  const definition = JSON.parse(text);
  const states = Object.entries<State>(definition.States);
  const tasks = states.filter(([, { Type }]) => Type === 'Task');
  const lambdaTasks = tasks.filter(([, { Resource }]) => Resource === 'arn:aws:states:::lambda:invoke');

  test('is valid Amazon States Language', () => {
    const placeholdersAsArns = text.replace(
      /\$\{\w+Arn\}/g,
      'arn:aws:lambda:us-east-1:000000000000:function:any',
    );
    const { isValid, errorsText } = validate(JSON.parse(placeholdersAsArns));

    expect(isValid ? '' : errorsText('\n')).toBe('');
  });

  test('has a comment on the machine and on each state', () => {
    for (const [, { Comment }] of [['machine', definition] as const, ...states]) {
      expect(Comment).toEqual(expect.stringMatching(/\w+.*\.$/));
    }
  });

  test('is deployed unchanged, with exactly one substitution for each placeholder', () => {
    const placeholders = new Set([...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name));
    const machines = deployed.filter(({ Properties }) => Properties.DefinitionString === text);

    expect(machines).toHaveLength(1);
    const [{ Properties } = { Properties: {} }] = machines;
    expect(new Set(Object.keys(Properties.DefinitionSubstitutions))).toEqual(placeholders);
  });

  test.each(lambdaTasks)('%s has the name of its function, in four forms', (name, { Parameters }) => {
    const functionFile = name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
    const constructIds = stack.node.findAll().map(({ node }) => node.id);

    expect(existsSync(join(root, 'functions', functionFile, 'handler.ts'))).toBe(true);
    expect(constructIds).toContain(`${name}Function`);
    expect(Parameters).toMatchObject({ FunctionName: `\${${name}FunctionArn}` });
  });

  test.each(tasks)('%s has a time-out', (_, { TimeoutSeconds }) => {
    expect(TimeoutSeconds).toEqual(expect.any(Number));
  });
});
