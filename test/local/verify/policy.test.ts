import { GetGroupCommand } from '@aws-sdk/client-cognito-identity-provider';
import policy from '../../../docs/verify-policy.json';
import type { Template } from '../../../local/aws/template';
import { grantsOf, withoutGrant } from '../../support/grants';
import { eventually, type TestCloud } from '../../support/test-cloud';
import { failuresIn, leftOn, startCloud, verifyOn } from '../../support/verification';

const ROLE = 'verifier';

let cloud: TestCloud;

/** The stack with a role that has no policy yet: the policy names what the outputs name. */
beforeAll(async () => {
  cloud = await startCloud(({ Resources }) => {
    const Principal = { Service: 'ec2.amazonaws.com' };
    const Statement = [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }];
    const AssumeRolePolicyDocument = { Version: '2012-10-17', Statement };
    const Properties = { RoleName: ROLE, AssumeRolePolicyDocument };
    Resources.Verifier = { Type: 'AWS::IAM::Role', Properties };
    Resources.VerifierPolicy = policyResource({ Version: '2012-10-17', Statement: [] });
  });
});

afterAll(() => cloud.close());

async function policyOfStack() {
  const group = new GetGroupCommand({ UserPoolId: cloud.output('UserPoolId'), GroupName: 'users' });
  const { Group } = await cloud.cognito.send(group);
  const values: Record<string, string | undefined> = {
    ...cloud.outputs,
    region: 'us-east-1',
    account: '000000000000',
    ReconciliationStateMachineName: cloud.output('ReconciliationStateMachineArn').split(':').pop(),
    GroupRoleArn: Group?.RoleArn,
  };
  const text = JSON.stringify(policy).replace(/<(\w+)>/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no output ${name}`);
    return value;
  });
  return JSON.parse(text);
}

function policyResource(PolicyDocument: unknown) {
  const Properties = { PolicyName: 'verify', Roles: [{ Ref: 'Verifier' }], PolicyDocument };
  return { Type: 'AWS::IAM::Policy', Properties };
}

function withPolicy(template: Template, PolicyDocument: unknown): Template {
  return {
    ...template,
    Resources: { ...template.Resources, VerifierPolicy: policyResource(PolicyDocument) },
  };
}

function credentialsOfRole() {
  const roleArn = `arn:aws:iam::000000000000:role/${ROLE}`;
  const { accessKeyId } = cloud.iam.assume(roleArn, 'ec2.amazonaws.com', 'verify');
  return { accessKeyId, secretAccessKey: 'local', sessionToken: 'local' };
}

test('a role with the policy of the documents can verify, and can do nothing that it does not need', async () => {
  const allowed = withPolicy(cloud.template, await policyOfStack());
  cloud.updateAccess(allowed);
  const credentials = credentialsOfRole();
  const verified = await verifyOn(cloud, { credentials, disturb: true });
  // Only a user who stays parked gets a record from the verification itself.
  const grant = grantsOf(allowed).find(({ action }) => action === 'cognito-idp:AdminAddUserToGroup');
  if (!grant) throw new Error('nobody may add users to a group');
  cloud.updateAccess(withoutGrant(allowed, grant));
  const parked = await verifyOn(cloud, { credentials, timeLimit: 1_500 });

  const decisions = cloud.iam.record.list().filter(({ roleName }) => roleName === ROLE);
  const used = new Set(decisions.map(({ request }) => request.action));
  const granted = policy.Statement.flatMap(({ Action }) => Action);
  expect(failuresIn(verified)).toEqual([]);
  expect(failuresIn(parked)).toEqual([expect.stringContaining('AddUserToGroup failed with AccessDenied')]);
  await eventually(async () => (await leftOn(cloud)).length === 0);
  expect(decisions.filter(({ decision }) => !decision.allowed)).toEqual([]);
  // This dry run ends in time. Only AWS asks for PassRole.
  expect(granted.filter((action) => !used.has(action)).sort()).toEqual([
    'iam:PassRole',
    'states:StopExecution',
  ]);
});

test('without a permission, it says which one, and where the policy is', async () => {
  const statements = policy.Statement.filter(({ Sid }) => Sid !== 'ReadTheAlarms');
  const { Version, Statement } = await policyOfStack();
  const kept = Statement.filter(({ Sid }: { Sid: string }) => statements.some((other) => other.Sid === Sid));
  cloud.updateAccess(withPolicy(cloud.template, { Version, Statement: kept }));

  expect(failuresIn(await verifyOn(cloud, { credentials: credentialsOfRole() }))).toEqual([
    expect.stringMatching(
      /^the alarms: you may not do this: docs\/verifying\.md has a policy .*cloudwatch:DescribeAlarms on resource/,
    ),
  ]);
});
