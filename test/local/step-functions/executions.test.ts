import type { Execution } from '../../../local/step-functions/execution';
import { Executions } from '../../../local/step-functions/executions';

const execution = (executionArn: string) => ({ executionArn }) as Execution;

test('finds an execution by its ARN, and lists the oldest first', () => {
  const executions = new Executions();
  executions.add(execution('b'));
  executions.add(execution('a'));

  expect(executions.find('a')).toEqual({ executionArn: 'a' });
  expect(executions.find('c')).toBeUndefined();
  expect(executions.list().map(({ executionArn }) => executionArn)).toEqual(['b', 'a']);
});

test('keeps the newest Express executions that have ended, what still runs, and every Standard one', async () => {
  const executions = new Executions(2);
  executions.add(execution('standard'));
  executions.add(execution('running'), new Promise(() => {}));
  for (const arn of ['first', 'second', 'third']) {
    const ended = Promise.resolve();
    executions.add(execution(arn), ended);
    await ended;
  }

  const kept = executions.list().map(({ executionArn }) => executionArn);
  expect(kept).toEqual(['standard', 'running', 'second', 'third']);
  expect(executions.find('first')).toBeUndefined();
});
