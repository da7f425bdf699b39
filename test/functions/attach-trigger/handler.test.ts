import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  UpdateUserPoolCommand,
  type UpdateUserPoolCommandInput,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/attach-trigger/handler';
import { lambdaContext } from '../../support/builders';

// The fake timers do not replace this module's timers by themselves.
jest.mock('node:timers/promises', () => ({
  setTimeout: (time: number) => new Promise((resolve) => setTimeout(resolve, time)),
}));

const POOL = 'us-east-1_AbCdEfGhI';
const OTHER_POOL = 'us-east-1_ZyXwVuTsR';
const arnOf = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const OURS = arnOf('ours');
const THEIRS = arnOf('theirs');
const RESPONSE_URL = 'https://cloudformation-custom-resource.s3.amazonaws.com/answer?Signature=secret';

const cognito = mockClient(CognitoIdentityProviderClient);
const log = { info: jest.fn(), warn: jest.fn(), error: jest.fn() };
let fetchMock: jest.SpiedFunction<typeof fetch>;
/** The user pools. They behave like Cognito's: an update replaces the triggers. */
let pools: Map<string, UserPoolType>;
let onUpdate: (input: UpdateUserPoolCommandInput) => unknown;

const named = (name: string, message = name) => Object.assign(new Error(message), { name });
const triggerOf = (id: string) => pools.get(id)?.LambdaConfig?.PostConfirmation;
const updates = () => cognito.commandCalls(UpdateUserPoolCommand).map((call) => call.args[0].input);

function poolWith(PostConfirmation?: string, id = POOL): UserPoolType {
  const LambdaConfig = { PreSignUp: arnOf('pre-sign-up'), ...(PostConfirmation && { PostConfirmation }) };
  return { Id: id, Name: 'pool', LambdaConfig, LastModifiedDate: new Date(0), MfaConfiguration: 'OPTIONAL' };
}

function describePool({ UserPoolId = '' }: { UserPoolId?: string }) {
  const UserPool = pools.get(UserPoolId);
  if (!UserPool) throw named('ResourceNotFoundException');
  return { UserPool };
}

function updatePool(input: UpdateUserPoolCommandInput, more: UserPoolType = {}) {
  const { UserPoolId = '', PoolName, ...settings } = input;
  pools.set(UserPoolId, {
    Id: UserPoolId,
    Name: PoolName,
    ...settings,
    LastModifiedDate: new Date(),
    ...more,
  });
  return {};
}

/** Makes the next update behave differently. */
function updateOnce(act: typeof onUpdate): void {
  onUpdate = (input) => {
    onUpdate = updatePool;
    return act(input);
  };
}

const properties = (overrides: object = {}) => ({
  ServiceToken: 'arn',
  UserPoolId: POOL,
  FunctionArn: OURS,
  ...overrides,
});

function requestOf(overrides: object) {
  return {
    ResponseURL: RESPONSE_URL,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Trigger',
    ResourceType: 'Custom::PostConfirmationTrigger',
    ResourceProperties: properties(),
    ...overrides,
  };
}

/** Calls the function without waiting in real time, and returns the answer that CloudFormation got. */
async function perform(overrides: object, remainingTime = 180_000) {
  const call = handler(requestOf(overrides), lambdaContext(remainingTime));
  await Promise.all([call, jest.runAllTimersAsync()]);
  const { body } = fetchMock.mock.lastCall?.[1] ?? {};
  return JSON.parse(new TextDecoder().decode(body as Uint8Array));
}

const create = (overrides = {}) =>
  perform({ RequestType: 'Create', ResourceProperties: properties(overrides) });
const remove = (PhysicalResourceId: string, overrides = {}) =>
  perform({ RequestType: 'Delete', PhysicalResourceId, ResourceProperties: properties(overrides) });
const update = (PhysicalResourceId: string, old: object, overrides = {}) =>
  perform({
    RequestType: 'Update',
    PhysicalResourceId,
    ResourceProperties: properties(overrides),
    OldResourceProperties: properties(old),
  });

beforeEach(() => {
  jest.useFakeTimers();
  pools = new Map([[POOL, poolWith()]]);
  cognito.reset();
  cognito.on(DescribeUserPoolCommand).callsFake(describePool);
  onUpdate = updatePool;
  cognito.on(UpdateUserPoolCommand).callsFake((input) => onUpdate(input));
  fetchMock = jest.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response());
  for (const level of ['info', 'warn', 'error'] as const) {
    log[level].mockReset();
    jest.spyOn(console, level).mockImplementation(log[level]);
  }
});

afterEach(() => jest.useRealTimers());

describe('create', () => {
  test('adds the trigger to the other triggers, and sends all other settings unchanged', async () => {
    expect(await create()).toEqual({
      Status: 'SUCCESS',
      PhysicalResourceId: `${POOL}|`,
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'Trigger',
    });

    expect(updates()).toEqual([
      {
        UserPoolId: POOL,
        PoolName: 'pool',
        MfaConfiguration: 'OPTIONAL',
        LambdaConfig: { PreSignUp: arnOf('pre-sign-up'), PostConfirmation: OURS },
      },
    ]);
  });

  test('changes nothing if the trigger is there already', async () => {
    pools.set(POOL, poolWith(OURS));

    expect(await create()).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: `${POOL}|` });

    expect(updates()).toEqual([]);
  });

  test('does not replace another trigger, and leaves nothing to delete', async () => {
    pools.set(POOL, poolWith(THEIRS));

    const answer = await create({ ReplaceTrigger: 'false' });

    expect(answer).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining(`another post confirmation trigger: ${THEIRS}`),
    });
    await remove(answer.PhysicalResourceId);
    expect(updates()).toEqual([]);
  });

  test('replaces another trigger when asked to, and remembers it', async () => {
    pools.set(POOL, poolWith(THEIRS));

    expect(await create({ ReplaceTrigger: 'true' })).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: `${POOL}|${THEIRS}`,
    });
    expect(triggerOf(POOL)).toBe(OURS);
    expect(log.warn).toHaveBeenCalledWith(
      expect.objectContaining({ event: 'TriggerReplaced', previousTrigger: THEIRS }),
    );
  });

  test('fails if another setting has changed, names it and the current trigger, and can be undone', async () => {
    pools.set(POOL, poolWith(THEIRS));
    updateOnce((input) => {
      updatePool(input, { MfaConfiguration: 'OFF', UserPoolTags: { team: 'other' } });
    });

    const answer = await create({ ReplaceTrigger: 'true' });

    expect(answer).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(
        /unexpected changes in MfaConfiguration, UserPoolTags\.team: .* trigger is now /,
      ),
    });
    expect(answer.Reason).toContain(`is now ${OURS}`);
    await remove(answer.PhysicalResourceId);
    expect(triggerOf(POOL)).toBe(THEIRS);
  });

  test('ignores fields that change by themselves', async () => {
    updateOnce((input) => {
      updatePool(input, { EstimatedNumberOfUsers: 9, SmsConfigurationFailure: 'SNSSandbox' });
    });

    expect(await create()).toMatchObject({ Status: 'SUCCESS' });
  });

  test('drops the old validity of temporary passwords beside the new one', async () => {
    const AdminCreateUserConfig = { AllowAdminCreateUserOnly: true, UnusedAccountValidityDays: 7 };
    const Policies = { PasswordPolicy: { TemporaryPasswordValidityDays: 3 } };
    pools.set(POOL, { ...poolWith(), AdminCreateUserConfig, Policies });

    expect(await create()).toMatchObject({ Status: 'SUCCESS' });

    expect(updates()).toMatchObject([
      { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true }, Policies },
    ]);
    expect(updates()[0]?.AdminCreateUserConfig).not.toHaveProperty('UnusedAccountValidityDays');
  });

  test("leaves AWS's own tags to AWS", async () => {
    const UserPoolTags = { 'aws:cloudformation:stack-name': 'users', team: 'identity' };
    pools.set(POOL, { ...poolWith(), UserPoolTags });
    updateOnce((input) => {
      updatePool(input, { UserPoolTags: { 'AWS:other': 'set meanwhile', team: 'identity' } });
    });

    expect(await create()).toMatchObject({ Status: 'SUCCESS' });

    expect(updates().map((input) => input.UserPoolTags)).toEqual([{ team: 'identity' }]);
  });

  test('keeps the old validity of temporary passwords if there is no new one', async () => {
    const AdminCreateUserConfig = { UnusedAccountValidityDays: 30 };
    pools.set(POOL, { ...poolWith(), AdminCreateUserConfig, Policies: { PasswordPolicy: {} } });

    expect(await create()).toMatchObject({ Status: 'SUCCESS' });

    expect(updates()).toMatchObject([{ AdminCreateUserConfig }]);
  });
});

describe('a user pool that others change at the same time', () => {
  test.each(['ConcurrentModificationException', 'TooManyRequestsException', 'InternalErrorException'])(
    'is read again after a %s',
    async (name) => {
      updateOnce(() => {
        pools.set(POOL, { ...poolWith(), MfaConfiguration: 'ON' });
        throw named(name);
      });

      expect(await create()).toMatchObject({ Status: 'SUCCESS' });

      expect(updates()).toMatchObject([{ MfaConfiguration: 'OPTIONAL' }, { MfaConfiguration: 'ON' }]);
    },
  );

  test('is not waited for if the time is needed for the answer', async () => {
    cognito.on(UpdateUserPoolCommand).rejects(named('ConcurrentModificationException', 'busy'));

    expect(await perform({ RequestType: 'Create' }, 60_000)).toMatchObject({
      Status: 'FAILED',
      Reason: 'busy',
    });

    expect(updates()).toHaveLength(1);
  });

  test('is waited for with longer and longer pauses', async () => {
    const begin = Date.now();
    cognito.on(UpdateUserPoolCommand).callsFake((input) => {
      if (Date.now() < begin + 30_000) throw named('ConcurrentModificationException');
      return updatePool(input);
    });

    expect(await create()).toMatchObject({ Status: 'SUCCESS' });

    expect(updates().length).toBeLessThan(12);
  });

  test('keeps its previous trigger in the id when the answer to an update was lost', async () => {
    pools.set(POOL, poolWith(THEIRS));
    updateOnce((input) => {
      updatePool(input);
      throw named('InternalErrorException');
    });

    expect(await create({ ReplaceTrigger: 'true' })).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: `${POOL}|${THEIRS}`,
    });
  });
});

describe('an attachment whose answer was lost', () => {
  const replacing = { ReplaceTrigger: 'true' };

  async function loseAnswer(overrides: object): Promise<void> {
    fetchMock.mockRejectedValue(new TypeError('fetch failed'));
    const call = handler(requestOf(overrides), lambdaContext(180_000));
    await Promise.all([expect(call).rejects.toThrow('fetch failed'), jest.runAllTimersAsync()]);
    fetchMock.mockImplementation(async () => new Response());
  }

  beforeEach(async () => {
    pools.set(POOL, poolWith(THEIRS));
    await loseAnswer({ RequestType: 'Create', ResourceProperties: properties(replacing) });
    expect(triggerOf(POOL)).toBe(OURS);
  });

  test('is not treated as if it replaced nothing, and stays until the previous trigger is back', async () => {
    const answer = await create(replacing);

    expect(answer).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(/^user pool us-east-1_AbCdEfGhI .*TriggerReplaced in the log/),
    });
    expect(log.warn).toHaveBeenCalledWith(
      expect.objectContaining({ event: 'TriggerReplaced', previousTrigger: THEIRS }),
    );
    const { PhysicalResourceId } = answer;
    expect(await remove(PhysicalResourceId, replacing)).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId,
    });
    expect(triggerOf(POOL)).toBe(OURS);
    pools.set(POOL, poolWith(THEIRS));
    expect(await remove(PhysicalResourceId, replacing)).toMatchObject({ Status: 'SUCCESS' });
    expect(triggerOf(POOL)).toBe(THEIRS);
  });

  test('also stays under an id that CloudFormation made up', async () => {
    expect(await remove('Stack-Trigger-1ABC', replacing)).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('TriggerReplaced'),
    });

    expect(triggerOf(POOL)).toBe(OURS);
  });

  test('makes its move fail, and the first user pool stays attached', async () => {
    const id = `${POOL}|${THEIRS}`;
    const there = { ...replacing, UserPoolId: OTHER_POOL };
    pools.set(OTHER_POOL, poolWith(arnOf('other'), OTHER_POOL));
    await loseAnswer({
      RequestType: 'Update',
      PhysicalResourceId: id,
      ResourceProperties: properties(there),
      OldResourceProperties: properties(replacing),
    });

    expect(await update(id, replacing, there)).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: id,
      Reason: expect.stringMatching(/^user pool us-east-1_ZyXwVuTsR .*TriggerReplaced/),
    });
    expect(await update(id, there, replacing)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
    expect([triggerOf(POOL), triggerOf(OTHER_POOL)]).toEqual([OURS, OURS]);
  });
});

describe('a missing permission', () => {
  const denied = named('AccessDeniedException', 'not authorized to perform: iam:PassRole');

  test("is reported, with the permissions that the user pool's settings require", async () => {
    const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' };
    const EmailConfiguration = { EmailSendingAccount: 'DEVELOPER' } as const;
    const KeyConfiguration = { KmsKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/pool' };
    pools.set(POOL, { ...poolWith(), SmsConfiguration, EmailConfiguration, KeyConfiguration });
    cognito.on(UpdateUserPoolCommand).rejects(denied);

    const { Status, Reason } = await create();

    expect(Status).toBe('FAILED');
    expect(Reason).toMatch(
      /^not authorized to perform: iam:PassRole .*iam:PassRole on \S+:role\/sms, kms:CreateGrant on \S+:key\/pool, iam:CreateServiceLinkedRole for email\.cognito-idp\.amazonaws\.com;/,
    );
  });

  test('is waited for as long as IAM may take to apply it', async () => {
    let denials = 0;
    const started = Date.now();
    onUpdate = (input) => {
      if (Date.now() - started < 25_000) {
        denials += 1;
        throw denied;
      }
      return updatePool(input);
    };

    expect(await create()).toMatchObject({ Status: 'SUCCESS' });
    expect(denials).toBeGreaterThan(1);
    expect(triggerOf(POOL)).toBe(OURS);
  });

  test('is not waited for until the function runs out of time', async () => {
    const started = Date.now();
    cognito.on(DescribeUserPoolCommand).rejects(denied);

    expect(await create()).toMatchObject({ Status: 'FAILED', Reason: denied.message });
    expect(Date.now() - started).toBeLessThan(60_000);
  });

  test("is reported in Cognito's words if no setting requires a permission", async () => {
    cognito.on(UpdateUserPoolCommand).rejects(denied);

    expect(await create()).toMatchObject({ Status: 'FAILED', Reason: denied.message });
  });
});

describe('a reconciliation asks to reattach', () => {
  const reattach = async () => {
    const call = handler({ reattach: { UserPoolId: POOL, FunctionArn: OURS } }, lambdaContext(180_000));
    const [result] = await Promise.all([call, jest.runAllTimersAsync()]);
    return result;
  };

  test('and the trigger is set where there is none, with all other settings as they are', async () => {
    expect(await reattach()).toEqual({ status: 'Reattached' });

    expect(pools.get(POOL)?.LambdaConfig).toEqual({
      PreSignUp: arnOf('pre-sign-up'),
      PostConfirmation: OURS,
    });
    expect(updates()).toHaveLength(1);
    expect(fetchMock).not.toHaveBeenCalled();
  });

  test.each([
    [OURS, 'Attached'],
    [THEIRS, 'Replaced'],
  ])('and nothing is changed where the trigger is %s', async (trigger, status) => {
    pools.set(POOL, poolWith(trigger));

    expect(await reattach()).toEqual({ status });

    expect(updates()).toEqual([]);
  });

  test('and it fails if another setting has changed', async () => {
    updateOnce((input) => {
      updatePool(input, { MfaConfiguration: 'OFF' });
    });
    const call = handler({ reattach: { UserPoolId: POOL, FunctionArn: OURS } }, lambdaContext(180_000));

    await Promise.all([
      expect(call).rejects.toThrow('unexpected changes in MfaConfiguration'),
      jest.runAllTimersAsync(),
    ]);
  });

  test('and a request without a user pool is refused', async () => {
    await expect(handler({ reattach: {} }, lambdaContext())).rejects.toMatchObject({
      name: 'InvalidInputError',
    });
  });
});

describe('delete', () => {
  test('removes the trigger if there was none before', async () => {
    pools.set(POOL, poolWith(OURS));

    expect(await remove(`${POOL}|`)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: `${POOL}|` });

    expect(pools.get(POOL)?.LambdaConfig).toEqual({ PreSignUp: arnOf('pre-sign-up') });
  });

  test('restores the previous trigger', async () => {
    pools.set(POOL, poolWith(OURS));

    await remove(`${POOL}|${THEIRS}`);

    expect(triggerOf(POOL)).toBe(THEIRS);
  });

  test.each([[THEIRS], [undefined]])(
    'does not change a user pool whose trigger is now %s',
    async (trigger) => {
      pools.set(POOL, poolWith(trigger));

      expect(await remove(`${POOL}|${arnOf('previous')}`)).toMatchObject({ Status: 'SUCCESS' });

      expect(updates()).toEqual([]);
      expect(log.warn).toHaveBeenCalledWith({ event: 'TriggerLeft', userPoolId: POOL, trigger });
    },
  );

  test('succeeds if the user pool is gone', async () => {
    pools.clear();

    expect(await remove(`${POOL}|`)).toMatchObject({ Status: 'SUCCESS' });
  });

  test('fails with any other error of the user pool', async () => {
    cognito.on(DescribeUserPoolCommand).rejects(named('AccessDeniedException', 'no'));

    expect(await remove(`${POOL}|`)).toMatchObject({ Status: 'FAILED', Reason: 'no' });
  });

  test('detaches under an id that CloudFormation made up because it got no answer', async () => {
    pools.set(POOL, poolWith(OURS));

    expect(await remove('Stack-Trigger-1ABC')).toMatchObject({ Status: 'SUCCESS' });

    expect(triggerOf(POOL)).toBeUndefined();
  });
});

describe('update', () => {
  const ID = `${POOL}|${arnOf('previous')}`;

  test('updates the trigger to the new ARN of the function, and keeps its id', async () => {
    pools.set(POOL, poolWith(arnOf('old')));

    expect(await update(ID, { FunctionArn: arnOf('old') })).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: ID,
    });

    expect(triggerOf(POOL)).toBe(OURS);
  });

  test('sets the trigger again if somebody removed it', async () => {
    expect(await update(ID, {})).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: ID });

    expect(triggerOf(POOL)).toBe(OURS);
  });

  test('replaces a trigger that somebody has set since only when asked to', async () => {
    pools.set(POOL, poolWith(THEIRS));

    expect(await update(ID, {})).toMatchObject({ Status: 'FAILED', PhysicalResourceId: ID });
    expect(triggerOf(POOL)).toBe(THEIRS);
    expect(await update(ID, {}, { ReplaceTrigger: 'true' })).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: ID,
    });
    expect(triggerOf(POOL)).toBe(OURS);
  });
});

describe('a move to another user pool', () => {
  const ID = `${POOL}|${arnOf('previous')}`;
  const there = { UserPoolId: OTHER_POOL };

  beforeEach(() => {
    pools = new Map([
      [POOL, poolWith(OURS)],
      [OTHER_POOL, poolWith(undefined, OTHER_POOL)],
    ]);
  });

  test('is another resource, and the first one is detached when CloudFormation deletes it', async () => {
    const { Status, PhysicalResourceId } = await update(ID, {}, there);

    expect(Status).toBe('SUCCESS');
    expect(PhysicalResourceId).not.toBe(ID);
    expect([triggerOf(POOL), triggerOf(OTHER_POOL)]).toEqual([OURS, OURS]);
    await remove(ID);
    expect([triggerOf(POOL), triggerOf(OTHER_POOL)]).toEqual([arnOf('previous'), OURS]);
    await remove(PhysicalResourceId, there);
    expect(triggerOf(OTHER_POOL)).toBeUndefined();
  });

  test('gets its first id back when it is rolled back, so that the first user pool stays attached', async () => {
    const { PhysicalResourceId } = await update(ID, {}, there);

    expect(await update(PhysicalResourceId, there)).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: ID,
    });
    await remove(PhysicalResourceId, there);

    expect([triggerOf(POOL), triggerOf(OTHER_POOL)]).toEqual([OURS, undefined]);
  });

  test('can be followed by a move back, which remembers the trigger at that time', async () => {
    const { PhysicalResourceId } = await update(ID, {}, there);
    await remove(ID);

    const back = await update(PhysicalResourceId, there, { ReplaceTrigger: 'true' });
    expect(back.Status).toBe('SUCCESS');
    expect(triggerOf(POOL)).toBe(OURS);
    await remove(back.PhysicalResourceId);

    expect(triggerOf(POOL)).toBe(arnOf('previous'));
  });

  test('stays with the first user pool if the other one has a trigger', async () => {
    pools.set(OTHER_POOL, poolWith(THEIRS, OTHER_POOL));

    expect(await update(ID, {}, there)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: ID });

    expect([triggerOf(POOL), triggerOf(OTHER_POOL)]).toEqual([OURS, THEIRS]);
  });

  test('is undone automatically if another setting of the other user pool has changed', async () => {
    updateOnce((input) => {
      updatePool(input, { MfaConfiguration: 'OFF' });
    });

    expect(await update(ID, {}, there)).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: ID,
      Reason: expect.stringMatching(/MfaConfiguration.*was detached again$/),
    });
    expect([triggerOf(POOL), triggerOf(OTHER_POOL)]).toEqual([OURS, undefined]);
  });

  test('says that the other user pool is still attached if it cannot be undone', async () => {
    updateOnce((input) => {
      updatePool(input, { MfaConfiguration: 'OFF' });
      cognito.on(UpdateUserPoolCommand).rejects(named('NotAuthorizedException', 'no more'));
    });

    expect(await update(ID, {}, there)).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(/could not be detached again: no more$/),
    });
  });
});

describe('CloudFormation is told', () => {
  test.each<[string, object, string]>([
    ['no user pool', { ResourceProperties: { FunctionArn: OURS } }, 'UserPoolId must be given'],
    ['a bad user pool', { ResourceProperties: properties({ UserPoolId: 'pool' }) }, 'UserPoolId must be'],
    ['a bad function', { ResourceProperties: properties({ FunctionArn: 'ours' }) }, 'FunctionArn must be'],
    [
      'a bad choice',
      { ResourceProperties: properties({ ReplaceTrigger: 'maybe' }) },
      'ReplaceTrigger must be',
    ],
    ['no properties', { ResourceProperties: undefined }, 'not the properties of a post confirmation trigger'],
    [
      'an unknown request',
      { RequestType: 'constructor' },
      'RequestType must be one of Create, Update, Delete',
    ],
  ])('about %s, and can clean up', async (_, overrides, reason) => {
    const answer = await perform({ RequestType: 'Create', ...overrides });

    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(reason) });
    const { PhysicalResourceId } = answer;
    expect(await perform({ ...overrides, RequestType: 'Delete', PhysicalResourceId })).toMatchObject({
      Status: 'SUCCESS',
    });
    expect(cognito.calls()).toEqual([]);
  });

  test('by a request that fits the signature of the URL', async () => {
    await create();

    const [url, request] = fetchMock.mock.lastCall ?? [];
    expect(url).toBe(RESPONSE_URL);
    expect(request).toMatchObject({ method: 'PUT', headers: { 'content-type': '' } });
    expect(request?.body).toBeInstanceOf(Uint8Array);
  });

  test('again if the answer is lost, and the log does not contain the secret of the URL', async () => {
    fetchMock.mockRejectedValueOnce(new TypeError('fetch failed'));
    fetchMock.mockResolvedValueOnce(new Response('', { status: 503 }));

    expect(await create()).toMatchObject({ Status: 'SUCCESS' });

    expect(fetchMock).toHaveBeenCalledTimes(3);
    expect(log.error.mock.calls.map(([line]) => line.reason)).toEqual([
      'fetch failed',
      'CloudFormation refused the answer: status 503',
    ]);
    expect(JSON.stringify([...log.error.mock.calls, ...log.info.mock.calls])).not.toContain('secret');
  });

  test('after Lambda calls the function again, if every answer is lost', async () => {
    fetchMock.mockRejectedValue(new TypeError('fetch failed'));
    const call = handler(requestOf({ RequestType: 'Create' }), lambdaContext(180_000));

    await Promise.all([expect(call).rejects.toThrow('fetch failed'), jest.runAllTimersAsync()]);

    expect(fetchMock).toHaveBeenCalledTimes(4);
  });

  test('a reason that is short enough for an answer', async () => {
    cognito.on(UpdateUserPoolCommand).rejects(named('InvalidParameterException', 'x'.repeat(5_000)));

    expect((await create()).Reason).toHaveLength(1_500);
  });

  test('nothing if it does not say where to answer', async () => {
    await expect(handler({ RequestType: 'Create' }, lambdaContext())).rejects.toMatchObject({
      name: 'InvalidInputError',
      message: expect.stringContaining('ResponseURL'),
    });
  });
});
