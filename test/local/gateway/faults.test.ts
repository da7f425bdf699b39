import { Faults } from '../../../local/gateway/faults';

let now = 0;
const faults = new Faults(
  ['cognito-idp:AdminAddUserToGroup', 'dynamodb:PutItem', 'lambda:InvokeFunction'],
  () => now,
  () => 0.5,
);
const GROUP = 'cognito-idp:AdminAddUserToGroup';

const outcomes = async (action: string, calls: number) => {
  const results = [];
  for (let call = 0; call < calls; call += 1) {
    results.push(
      await faults.apply(action).then(
        () => 'passed',
        ({ code, status }) => `${code} ${status}`,
      ),
    );
  }
  return results;
};

afterEach(() => faults.clear());

test('lets an action fail under the name of the error, and no other action', async () => {
  faults.set([{ action: GROUP, error: 'InternalErrorException' }]);

  expect(await outcomes(GROUP, 1)).toEqual(['InternalErrorException 500']);
  expect(await outcomes('dynamodb:PutItem', 1)).toEqual(['passed']);
});

test('stops after so many times', async () => {
  faults.set([{ action: GROUP, error: 'X', times: 2 }]);

  expect(await outcomes(GROUP, 3)).toEqual(['X 400', 'X 400', 'passed']);
});

test.each([
  [0.4, 'passed'],
  [0.6, 'X 400'],
])('with probability %d and a draw of 0.5: %s', async (probability, outcome) => {
  faults.set([{ action: GROUP, error: 'X', probability }]);

  expect(await outcomes(GROUP, 1)).toEqual([outcome]);
});

test("throttles beyond a quota for one second, under the service's own name", async () => {
  faults.set([
    { action: GROUP, perSecond: 2 },
    { action: 'lambda:InvokeFunction', perSecond: 0 },
  ]);

  now = 1_000;
  expect(await outcomes(GROUP, 3)).toEqual(['passed', 'passed', 'TooManyRequestsException 400']);
  now = 1_999;
  expect(await outcomes(GROUP, 1)).toEqual(['TooManyRequestsException 400']);
  now = 2_000;
  expect(await outcomes(GROUP, 3)).toEqual(['passed', 'passed', 'TooManyRequestsException 400']);
  expect(await outcomes('lambda:InvokeFunction', 1)).toEqual(['TooManyRequestsException 429']);
});

test('delays a call, which then goes on', async () => {
  faults.set([{ action: GROUP, delayMs: 50 }]);
  const begin = performance.now();

  expect(await outcomes(GROUP, 1)).toEqual(['passed']);
  expect(performance.now() - begin).toBeGreaterThan(45);
});

test('says whether an event of the local cloud shall happen', () => {
  faults.set([{ action: 'local:KillFunction', times: 1 }]);

  expect(faults.happens('local:DeliverTriggerTwice')).toBe(false);
  expect(faults.happens('local:KillFunction')).toBe(true);
  expect(faults.happens('local:KillFunction')).toBe(false);
});

test('a fault that comes or goes leaves the others as they are', async () => {
  const faults = new Faults(['s:Act', 's:Other']);
  const other = { action: 's:Other', delayMs: 1 };
  faults.set([{ action: 's:Act', error: 'Oops', times: 1 }]);
  await expect(faults.apply('s:Act')).rejects.toThrow();

  faults.add(other);
  faults.add({ ...other });
  expect(faults.list()).toHaveLength(2);
  await faults.apply('s:Act');
  faults.remove({ ...other });

  await faults.apply('s:Act');
  expect(faults.list()).toHaveLength(1);
});

test('lists what is set, until it is cleared', () => {
  const list = [{ action: GROUP, error: 'X' }];

  faults.set(list);
  expect(faults.list()).toEqual(list);
  faults.clear();
  expect(faults.list()).toEqual([]);
});

test.each([
  ['no list', {}, /list of faults/],
  ['an unknown action', [{ action: 'cognito-idp:DoMagic', error: 'X' }], /no action cognito-idp:DoMagic/],
  ['an action of the prototype', [{ action: 'constructor', error: 'X' }], /no action constructor/],
  ['an unknown field', [{ action: GROUP, error: 'X', delay: 5 }], /delay/],
  ['a fault without effect', [{ action: GROUP }], /needs error, delayMs or perSecond/],
  [
    'a local event with an error',
    [{ action: 'local:KillFunction', error: 'X' }],
    /takes only probability and times/,
  ],
  ['an impossible probability', [{ action: GROUP, error: 'X', probability: 2 }], /0.probability/],
  ['a name that is none', [{ action: GROUP, error: '<script>' }], /0.error/],
])('refuses %s, and keeps what was set', (_, value, message) => {
  faults.set([{ action: GROUP, error: 'X' }]);

  expect(() => faults.set(value)).toThrow(message);
  expect(faults.list()).toHaveLength(1);
});
