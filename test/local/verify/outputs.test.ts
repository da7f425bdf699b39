import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeOf, readOutputs } from '../../../local/verify/shared/outputs';
import { recordKey } from '../../../local/verify/user/record-key';

const ARN = 'arn:aws-cn:states:cn-north-1:123456789012:stateMachine:onboarding';
const OUTPUTS = {
  UserPoolId: 'cn-north-1_Ab',
  GroupNames: '["users"]',
  GroupRule: 'name',
  TableName: 'table',
  RecordKey: '{"PK":"USER#<sub>"}',
  StateMachineArn: ARN,
  TriggerFunctionName: 'trigger',
  TriggerLogGroupName: 'logs',
  RetryFunctionName: 'retry',
  RetryLogGroupName: 'retries',
  RetryQueueUrl: 'https://queue',
  RetryQueueArn: 'arn:queue',
  DeadLetterQueueUrl: 'https://dead',
  DeadLetterQueueArn: 'arn:dead',
  ReconciliationStateMachineArn: 'arn:reconciliation',
  ScheduleName: 'schedule',
  ScheduleGroupName: 'group',
  AlarmNames: 'One,Two',
};

const directory = mkdtempSync(join(tmpdir(), 'outputs-'));

function fileOf(content: unknown): string {
  const file = join(directory, 'outputs.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

test('finds the stack with an onboarding among others', () => {
  const outputs = readOutputs(fileOf({ Shop: { Url: 'https://shop' }, Users: OUTPUTS }));

  expect(outputs).toMatchObject({ AlarmNames: ['One', 'Two'], RecordKey: { PK: 'USER#<sub>' } });
  expect(placeOf(outputs)).toEqual({ partition: 'aws-cn', region: 'cn-north-1', account: '123456789012' });
});

test.each([
  ['a file that is not JSON', 'no', /not a file of outputs.*--outputs-file/],
  ['a file without an onboarding', { Shop: { Url: 'x' } }, /no outputs of an onboarding: call createOutputs/],
  ['two onboardings', { One: OUTPUTS, Two: OUTPUTS }, /several stacks.*One, Two.*--stack/],
  [
    'outputs of an earlier version',
    { Users: { ...OUTPUTS, RecordKey: '{', TableName: undefined } },
    /stack Users: TableName \(.*RecordKey \(not JSON\)/,
  ],
])('refuses %s', (_, content, message) => {
  expect(() => readOutputs(fileOf(content))).toThrow(message);
});

test('the key of a record takes the attributes of the user', () => {
  expect(recordKey({ PK: '<custom:tenant>#<sub>', SK: '<<A' }, { sub: '1', 'custom:tenant': 't' })).toEqual({
    PK: { S: 't#1' },
    SK: { S: '<A' },
  });
  expect(() => recordKey({ PK: '<custom:tenant>' }, { sub: '1' })).toThrow('--attribute custom:tenant=VALUE');
});
