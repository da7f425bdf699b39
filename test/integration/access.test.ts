import { AdminCreateUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Template } from '../../local/aws/template';
import { CloudAssembly } from '../../local/cloudformation/cloud-assembly';
import type { StackArtifact } from '../../local/cloudformation/stack-artifact';
import type { RecordedAccess } from '../../local/iam/access-record';
import { decide } from '../../local/iam/policies/decide';
import { Roles } from '../../local/iam/roles';
import { type Grant, grantsOf, withoutGrant, withoutResources, withStatement } from '../support/grants';
import { Member } from '../support/member';
import { resolverOf } from '../support/resolver';
import { eventually, TestCloud, type TestUser } from '../support/test-cloud';

const [stack] = new CloudAssembly(process.env.TEST_CLOUD_ASSEMBLY as string).stacks;
const { template } = stack as StackArtifact;
const grants = grantsOf(template);

/** The page size of ListUsers: with one more user, a reconciliation needs another page. */
const PAGE_SIZE = 60;

let cloud: TestCloud;
/** The requests to IAM during {@link everythingHappens}. */
let records: RecordedAccess[];

const isOnboarded = async (user: TestUser) => (await cloud.recordOf(user)) !== undefined;
const isEmpty = async (queue: 'RetryQueueUrl') => (await cloud.usersIn(queue)).length === 0;

/** Runs everything that the stack does, including each kind of failure, in a few seconds. */
async function everythingHappens(): Promise<void> {
  await memberReadsTheirRecord(await cloud.signUpAndConfirm());
  // No execution starts: the trigger parks the user. The function makes two attempts.
  await cloud.setFaults([{ action: 'states:StartSyncExecution', error: 'ThrottlingException', times: 2 }]);
  const parkedByTrigger = await cloud.signUpAndConfirm();
  // A task fails: the state machine parks the user, and the first retry fails, too.
  await cloud.setFaults([{ action: 'dynamodb:PutItem', error: 'ResourceNotFoundException', times: 2 }]);
  const parkedByStateMachine = await cloud.signUpAndConfirm();
  await cloud.sqs.send(
    new SendMessageCommand({ QueueUrl: cloud.output('RetryQueueUrl'), MessageBody: '{"poison":true}' }),
  );
  const outdated = await cloud.signUp();
  await parkedBeforeDeployment(outdated);
  await eventually(() => isOnboarded(outdated));
  await eventually(() => isOnboarded(parkedByTrigger));
  await eventually(() => isOnboarded(parkedByStateMachine));
  await eventually(async () => (await cloud.usersIn('DeadLetterQueueUrl')).length === 1);
  await reconcileTwoPages();
  await eventually(() => isEmpty('RetryQueueUrl'));
}

/** Parks a user with a message that knows nothing of their address. */
async function parkedBeforeDeployment({ sub }: TestUser): Promise<void> {
  const message = { userPoolId: cloud.output('UserPoolId'), username: sub, sub, attributes: {} };
  const QueueUrl = cloud.output('RetryQueueUrl');
  await cloud.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
}

async function memberReadsTheirRecord(user: TestUser): Promise<void> {
  const member = await Member.signIn(cloud, user);
  await member.get(user);
}

/** The first page reaches the limit of pages, so that a second execution does the next one. */
async function reconcileTwoPages(): Promise<void> {
  await cloud.setFaults([{ action: 'lambda:InvokeFunction', error: 'ServiceException' }]);
  const missed = await cloud.signUp();
  await cloud.confirm(missed).catch(() => {});
  await cloud.setFaults([]);
  await Promise.all(Array.from({ length: PAGE_SIZE }, createUser));
  await cloud.sfn.send(
    new StartExecutionCommand({
      stateMachineArn: cloud.output('ReconciliationStateMachineArn'),
      input: '{"pages":799}',
    }),
  );
  await eventually(() => isOnboarded(missed));
  // Asks for the groups of those who have a record.
  await cloud.reconcile({ all: true });
}

async function createUser(): Promise<void> {
  const { email } = cloud.newUser();
  await cloud.cognito.send(
    new AdminCreateUserCommand({
      UserPoolId: cloud.output('UserPoolId'),
      Username: email,
      UserAttributes: [{ Name: 'email', Value: email }],
      MessageAction: 'SUPPRESS',
    }),
  );
}

beforeAll(async () => {
  cloud = await TestCloud.start({ queueTimeScale: 0.01, millisecondsPerUser: 20 });
  await everythingHappens();
  records = cloud.iam.record.list();
});

afterAll(() => cloud.close());
afterEach(async () => {
  cloud.updateAccess(cloud.template);
  await cloud.setFaults([]);
});

const roleArn = (name: string) => `arn:aws:iam::000000000000:role/${name}`;

const resolver = () => resolverOf(cloud.template, cloud.stackName, Number(new URL(cloud.endpoint).port));

test('no request of the stack is denied', () => {
  expect(records.filter(({ decision }) => !decision.allowed)).toEqual([]);
});

test('no statement is unused', () => {
  expect(cloud.iam.unused()).toEqual([]);
});

test('no statement allows more than was requested', () => {
  const wider = records.filter(({ request: { action, resource }, decision }) => {
    const [, granted = ''] = /Resource (\S+)$/.exec(decision.statement?.id ?? '') ?? [];
    // The streams of a log group do not exist yet when its policy is written.
    const isLogGroup = action.startsWith('logs:') && /:log-group:[^*]+:\*$/.test(granted);
    return granted !== resource && !(isLogGroup && resource.startsWith(granted.slice(0, -1)));
  });

  expect(wider).toEqual([]);
  expect(grants.filter(({ action }) => action.includes('*'))).toEqual([]);
});

describe('a superfluous statement is found', () => {
  const policies = [...new Map(grants.map((grant) => [grant.role, grant.policy]))];

  test.each(policies)('in %s', (_, policy) => {
    const unused = { Effect: 'Allow', Action: 'sqs:PurgeQueue', Resource: '*' };

    cloud.updateAccess(withStatement(template, policy, unused));

    expect(cloud.iam.unused()).toEqual([
      expect.stringMatching(/: Allow Action sqs:PurgeQueue, Resource \*$/),
    ]);
  });

  test('even if another statement makes it superfluous', () => {
    const { policy = '' } = grants.find(({ action }) => action === 'xray:PutTraceSegments') ?? {};

    cloud.updateAccess(
      withStatement(template, policy, { Effect: 'Allow', Action: 'xray:PutTraceSegments', Resource: '*' }),
    );

    expect(cloud.iam.unused()).toHaveLength(2);
  });
});

describe('without one statement, only its call is denied', () => {
  const rows = grants.map((grant): [string, string, string, Grant] => {
    return [grant.role, grant.action, JSON.stringify(grant.resource), grant];
  });

  test.each(rows)('%s, %s on %s', (role, action, _, grant) => {
    const roleName = resolver().identityOf(role).ref;
    const roles = new Roles([{ template: withoutGrant(template, grant), values: resolver() }]);
    const rolesOfRecords = new Map(
      records.map(({ roleName: asking }) => [asking, roles.find(roleArn(asking))]),
    );

    const denied = records.filter(({ roleName: asking, request }) => {
      const { statements } = rolesOfRecords.get(asking) ?? { statements: [] };
      return !decide(statements, request).allowed;
    });

    expect(denied).not.toEqual([]);
    for (const { roleName: asking, request } of denied) {
      expect([asking, request.action]).toEqual([roleName, action]);
      expect(covers(String(resolver().resolve(grant.resource)), request.resource)).toBe(true);
    }
  });

  function covers(granted: string, asked: string): boolean {
    return granted === asked || (granted.endsWith('*') && asked.startsWith(granted.slice(0, -1)));
  }
});

describe('the flow fails only at the call that a role no longer allows', () => {
  const without = (role: string, action: string, resource = ''): Template => {
    const grant = grants.find((candidate) => {
      const isOfRole = candidate.role.includes(role) && candidate.action === action;
      return isOfRole && JSON.stringify(candidate.resource).includes(resource);
    });
    if (!grant) throw new Error(`${role} has no ${action}`);
    return withoutGrant(template, grant);
  };
  const notAuthorized = (action: string) =>
    expect.stringMatching(
      new RegExp(
        `is not authorized to perform: ${action} on resource: arn:aws:\\S+ because no identity-based`,
      ),
    );

  test('StartSyncExecution of the trigger: it parks the user', async () => {
    cloud.updateAccess(without('PostConfirmation', 'states:StartSyncExecution'));

    const user = await cloud.signUpAndConfirm();

    const lines = (await cloud.logs()).filter((line) => line.includes(user.sub));
    expect(lines[0]).toEqual(notAuthorized('states:StartSyncExecution'));
    expect(lines[0]).toContain('AccessDeniedException');
    await eventually(() => isOnboarded(user));
  });

  test('SendMessage of the trigger: the person is told', async () => {
    cloud.updateAccess(without('PostConfirmation', 'sqs:SendMessage'));
    await cloud.setFaults([{ action: 'states:StartSyncExecution', error: 'ThrottlingException', times: 2 }]);
    const user = await cloud.signUp();

    await expect(cloud.confirm(user)).rejects.toMatchObject({ name: 'UserLambdaValidationException' });

    const lines = (await cloud.logs()).filter((line) => line.includes('UserNotParked'));
    expect(lines[0]).toEqual(notAuthorized('sqs:sendmessage'));
  });

  test('a task of the state machine: Step Functions names the error of the SDK', async () => {
    cloud.updateAccess(without('OnboardingStateMachineRole', 'lambda:InvokeFunction', 'AddUserToGroup'));

    const user = await cloud.signUpAndConfirm();

    const [execution] = (await cloud.executionsOf(user)).reverse();
    expect(execution?.events).toContainEqual(
      expect.objectContaining({
        type: 'TaskFailed',
        details: expect.objectContaining({
          error: 'Lambda.AWSLambdaException',
          cause: expect.stringMatching(
            /^User: arn:aws:sts::000000000000:assumed-role\/.* lambda:InvokeFunction .*\(Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException; Request ID: [\w-]+; Proxy: null\)$/,
          ),
        }),
      }),
    );
    cloud.updateAccess(template);
    await eventually(() => isOnboarded(user));
  });

  test.each([
    ['AddUserToGroupFunctionRole', 'cognito-idp:AdminAddUserToGroup'],
    ['PutUserRecordFunctionRole', 'dynamodb:PutItem'],
  ])('%s, %s: the user is parked with the cause', async (role, action) => {
    cloud.updateAccess(without(role, action));

    const user = await cloud.signUpAndConfirm();

    const [execution] = (await cloud.executionsOf(user)).reverse();
    expect(execution).toMatchObject({ status: 'FAILED', error: 'OnboardingParked' });
    expect(JSON.parse(execution?.cause ?? '')).toMatchObject({
      errorType: 'AccessDeniedException',
      errorMessage: notAuthorized(action),
    });
    cloud.updateAccess(template);
    await eventually(() => isOnboarded(user));
  });

  test.each(['cognito-idp:ListUsers', 'cognito-idp:AdminListGroupsForUser', 'dynamodb:BatchGetItem'])(
    '%s: the reconciliation fails',
    async (action) => {
      cloud.updateAccess(without('ReconcileUsers', action));

      const { status, executionArn } = await cloud.reconcile({ all: true });

      expect(status).toBe('FAILED');
      const execution = cloud.executions.find((candidate) => candidate.executionArn === executionArn);
      expect(execution).toMatchObject({ error: 'AccessDeniedException', cause: notAuthorized(action) });
    },
  );

  test('GetItem: the retry cannot see the record, and onboards the user all the same', async () => {
    cloud.updateAccess(without('RetryOnboarding', 'dynamodb:GetItem'));
    await cloud.setFaults([{ action: 'dynamodb:PutItem', error: 'ResourceNotFoundException', times: 1 }]);

    const user = await cloud.signUpAndConfirm();

    await eventually(() => isOnboarded(user));
    const lines = (await cloud.logs()).filter((line) => line.includes('RecordNotRead'));
    expect(lines[0]).toEqual(notAuthorized('dynamodb:GetItem'));
  });

  test('DeleteMessage: a finished message stays in the queue', async () => {
    cloud.updateAccess(without('RetryOnboarding', 'sqs:DeleteMessage'));
    await cloud.setFaults([{ action: 'dynamodb:PutItem', error: 'ResourceNotFoundException', times: 1 }]);
    const isDenied = async () => {
      return cloud.iam.record.list().some(({ request, decision }) => {
        return request.action === 'sqs:DeleteMessage' && !decision.allowed;
      });
    };

    const user = await cloud.signUpAndConfirm();

    await eventually(() => isOnboarded(user));
    await eventually(isDenied);
    expect(await isEmpty('RetryQueueUrl')).toBe(false);
    cloud.updateAccess(template);
    await cloud.advanceClock({ hours: 12 });
    await eventually(() => isEmpty('RetryQueueUrl'));
  });

  test('PutLogEvents: the log of the function is lost', async () => {
    cloud.updateAccess(without('PostConfirmation', 'logs:PutLogEvents'));

    const user = await cloud.signUpAndConfirm();

    expect(await isOnboarded(user)).toBe(true);
    const lines = await cloud.get<{ line: string }[]>(
      `/_local/logs?function=${cloud.output('TriggerFunctionName')}`,
    );
    expect(lines.filter(({ line }) => line.includes(user.sub))).toEqual([]);
  });

  test("the trigger's permission for Cognito: the invocation fails as on AWS", async () => {
    cloud.updateAccess(withoutResources(template, 'AWS::Lambda::Permission'));
    const user = await cloud.signUp();

    await expect(cloud.confirm(user)).rejects.toMatchObject({
      name: 'UnexpectedLambdaException',
      message: 'PostConfirmation invocation failed due to error AccessDeniedException.',
    });
  });
});

describe('a signed-in user', () => {
  let user: TestUser;
  let member: Member;

  beforeAll(async () => {
    user = await cloud.signUpAndConfirm();
    member = await Member.signIn(cloud, user);
  });

  test('has the role of the group in their token', async () => {
    const claims = await cloud.idTokenClaimsOf(user);

    expect(claims['cognito:preferred_role']).toMatch(/^arn:aws:iam::000000000000:role\//);
    expect(claims['cognito:roles']).toEqual([claims['cognito:preferred_role']]);
  });

  test('reads their own record', async () => {
    expect(await member.get(user)).toMatchObject({ PK: `USER#${user.sub}` });
  });

  test('cannot read the record of another user', async () => {
    const other = await cloud.signUpAndConfirm();

    for (const read of [member.get(other), member.query(user), member.scan()]) {
      await expect(read).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringContaining(
          '/CognitoIdentityCredentials is not authorized to perform: dynamodb:',
        ),
      });
    }
  });

  test('cannot write anything, not even into their own record', async () => {
    await expect(member.put(user)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('gets no credentials while Cognito throttles them', async () => {
    await cloud.setFaults([{ action: 'cognito-identity:GetCredentialsForIdentity', perSecond: 0 }]);

    const signIn = Member.signIn(cloud, user).then((throttled) => throttled.get(user));

    await expect(signIn).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  });

  test('gets no credentials before they are in the group', async () => {
    await cloud.setFaults([{ action: 'lambda:InvokeFunction', error: 'ServiceException' }]);
    const outsider = await cloud.signUp();
    await cloud.confirm(outsider).catch(() => {});
    await cloud.setFaults([]);

    const signIn = Member.signIn(cloud, outsider).then((outside) => outside.get(outsider));

    await expect(signIn).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });
});
