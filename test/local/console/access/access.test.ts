import { readAccess } from '../../../../local/console/access/access';
import { AccessRecord } from '../../../../local/iam/access-record';
import type { Decision } from '../../../../local/iam/policies/decide';

const ALLOW = 'role Sender, policy Default, statement 1: Allow Action sqs:SendMessage, Resource *';

const allowed = { allowed: true, statement: { id: ALLOW } } as Decision;
const denied = { allowed: false } as Decision;
const asked = (action: string, decision: Decision, context = {}) => {
  const request = { action, resource: 'arn:queue', context };
  return { roleName: 'Sender', statements: [], request, decision, key: JSON.stringify(request) };
};

function read(add: (record: AccessRecord) => void, unused: string[] = []) {
  const record = new AccessRecord();
  add(record);
  return readAccess({ record, unused: () => unused });
}

test('tells what was denied apart from what a statement allowed', () => {
  const roles = read((record) => {
    record.add(asked('sqs:SendMessage', allowed));
    record.add(asked('sqs:PurgeQueue', denied));
  });

  expect(roles).toEqual([
    {
      roleName: 'Sender',
      denied: [{ action: 'sqs:PurgeQueue', resource: 'arn:queue', statement: undefined, times: 1 }],
      allowed: [
        {
          action: 'sqs:SendMessage',
          resource: 'arn:queue',
          statement: {
            place: 'policy Default, statement 1',
            content: 'Allow Action sqs:SendMessage, Resource *',
          },
          times: 1,
        },
      ],
      unused: [],
    },
  ]);
});

test('adds up requests that look the same', () => {
  const [role] = read((record) => {
    record.add(asked('sqs:SendMessage', allowed, { 'aws:SourceArn': 'a' }));
    record.add(asked('sqs:SendMessage', allowed, { 'aws:SourceArn': 'b' }));
    record.add(asked('sqs:SendMessage', allowed, { 'aws:SourceArn': 'b' }));
  });

  expect(role?.allowed).toMatchObject([{ action: 'sqs:SendMessage', times: 3 }]);
});

test('names a role that has used nothing', () => {
  expect(read(() => {}, [ALLOW])).toMatchObject([
    { roleName: 'Sender', denied: [], allowed: [], unused: [{ place: 'policy Default, statement 1' }] },
  ]);
});
