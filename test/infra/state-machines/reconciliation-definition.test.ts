import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import validate from 'asl-validator';
import { reconciliationDefinition } from '../../../infra/state-machines/reconciliation-definition';

const file = readFileSync(
  join(__dirname, '..', '..', '..', 'state-machines', 'reconciliation.asl.json'),
  'utf8',
);

test('the definition is the file where the deployment attaches the trigger', () => {
  expect(reconciliationDefinition(file, true)).toBe(file);
});

test('without an attachment, the trigger is checked and nothing sets it again', () => {
  const text = reconciliationDefinition(file, false);
  const { StartAt, States } = JSON.parse(text);
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:any';
  const { isValid, errorsText } = validate(JSON.parse(text.replace(/\$\{\w+Arn\}/g, arn)));

  expect(isValid ? '' : errorsText('\n')).toBe('');
  expect(text).not.toContain('AttachTrigger}');
  expect(text).not.toMatch(/\$\{(AttachTriggerFunctionArn|UserPoolId|PostConfirmationFunctionArn)\}/);
  expect(StartAt).toBe('IsBeginning');
  expect(States.CheckTrigger.Next).toBe('ReconcileUsers');
  expect(Object.keys(States)).toContain('TriggerNotChecked');
});
