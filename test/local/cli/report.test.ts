import { stripVTControlCharacters } from 'node:util';
import type { DemoExecution, DemoResult } from '../../../local/cli/demo';
import { demoReport, endpointReport } from '../../../local/cli/report';

const ENDPOINT = 'http://127.0.0.1:4566';
const ARN = 'arn:aws:states:us-east-1:000000000000:express:Onboarding:ada:1';

const entered = { id: 1, type: 'TaskStateEntered', details: { name: 'AddUserToGroup' } };

function report(execution: Partial<DemoExecution> | undefined, more: Partial<DemoResult> = {}): string {
  const demo = {
    email: 'ada@example.com',
    sub: 'ada',
    groups: [],
    tokenGroups: [],
    onboarded: false,
    ...(execution && {
      execution: {
        name: 'ada',
        executionArn: ARN,
        status: 'FAILED',
        startDate: '2026-11-26T12:00:00.000Z',
        stopDate: '2026-11-26T12:00:01.500Z',
        events: [{ ...entered, timestamp: '2026-11-26T12:00:00.000Z' }],
        ...execution,
      },
    }),
    ...more,
  };
  return stripVTControlCharacters(demoReport(demo, ENDPOINT));
}

test('says in words why a demo failed, with a link to its execution', () => {
  const failure = {
    id: 2,
    type: 'LambdaFunctionFailed',
    timestamp: '2026-11-26T12:00:01.000Z',
    stateName: 'AddUserToGroup',
    details: { error: 'ResourceNotFoundException', cause: 'Group not found.' },
  };
  const events = [{ ...entered, timestamp: '2026-11-26T12:00:00.000Z' }, failure];
  const text = report({ events, error: 'OnboardingParked', cause: 'The user waits in the queue.' });

  expect(text).toContain(
    'The user is not onboarded: the state AddUserToGroup failed with ResourceNotFoundException ' +
      '(Group not found.); the execution ended with OnboardingParked (The user waits in the queue.).',
  );
  expect(text).toContain(`${ENDPOINT}/console/executions/${encodeURIComponent(ARN)}`);
});

test('an execution that still runs has no duration', () => {
  const text = report({ status: 'RUNNING', stopDate: undefined });

  expect(text).toMatch(/RUNNING +no end/);
  expect(text).toContain('not onboarded: the execution still runs.');
  expect(text).not.toContain('NaN');
});

test('says where to look when there was no execution', () => {
  expect(report(undefined)).toContain('the trigger started nothing');
  expect(report(undefined)).toContain(`${ENDPOINT}/_local/logs`);
});

test('a success needs no explanation', () => {
  const text = report({ status: 'SUCCEEDED' }, { onboarded: true });

  expect(text).toMatch(/The user is onboarded\.$/);
  expect(text).toMatch(/SUCCEEDED +1\.5 s/);
});

test('the settings for the AWS CLI have the region of the app', () => {
  const report = stripVTControlCharacters(
    endpointReport(ENDPOINT, 'eu-west-1', { UserPoolId: 'eu-west-1_a' }),
  );

  expect(report).toContain(`AWS_ENDPOINT_URL=${ENDPOINT} AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1`);
});

test('without an app client, there is no sign-up to paste', () => {
  const report = (outputs: Record<string, string>) =>
    stripVTControlCharacters(endpointReport(ENDPOINT, 'us-east-1', outputs));

  expect(report({ UserPoolClientId: 'a1' })).toContain('aws cognito-idp sign-up --client-id a1');
  expect(report({ TableName: 'users' })).not.toContain('Sign somebody up');
});
