import type { Template } from '../../local/aws/template';
import { exampleAssembly } from '../support/example';
import { identitiesOf } from '../support/replacing-properties';
import { PROPS_OF_VARIANTS, synthesizeDefaultStack, synthesizeVariant } from '../support/variants';

function theOnly<T>(all: readonly T[]): T {
  const [one, ...others] = all;
  if (one === undefined || others.length > 0) throw new Error(`there are ${all.length}, not one`);
  return one;
}

// A difference means that an upgrade deletes or replaces a resource of somebody who has deployed the stack.
// If that is a decision, docs/decisions.md and CHANGELOG.md say so, and `jest -u` writes the new state.

test.each<[string, () => Template | Promise<Template>]>([
  ['the default stack', synthesizeDefaultStack],
  ['the app that adopts', async () => theOnly((await exampleAssembly('adopt', {})).stacks).template],
  ...PROPS_OF_VARIANTS.map((name): [string, () => Template] => [name, () => synthesizeVariant(name)]),
])('an upgrade keeps every resource: %s', async (_, templateOf) => {
  expect(identitiesOf(await templateOf())).toMatchSnapshot();
});

test('another logical id, type, or replacing property is a difference, and another property is none', () => {
  const queue = (logicalId: string, Properties: Record<string, unknown>) =>
    identitiesOf({ Resources: { [logicalId]: { Type: 'AWS::SQS::Queue', Properties } } });
  const before = queue('Queue', { QueueName: 'users', VisibilityTimeout: 420 });

  expect(queue('Queue', { QueueName: 'users', VisibilityTimeout: 450 })).toEqual(before);
  expect(queue('Queue', { QueueName: 'people', VisibilityTimeout: 420 })).not.toEqual(before);
  expect(queue('Queue2', { QueueName: 'users', VisibilityTimeout: 420 })).not.toEqual(before);
});
