import { readAccess } from '../../../../local/console/access/access';
import { AccessRecord } from '../../../../local/iam/access-record';
import type { Decision } from '../../../../local/iam/policies/decide';

const ALLOW = 'role Sender, policy Default, statement 1: Allow Action sqs:SendMessage, Resource *';

const allowed = { allowed: true, statement: { id: ALLOW } } as Decision;
const denied = { allowed: false } as Decision;
const request = (action: string, context = {}) => ({ action, resource: 'arn:queue', context });

function read(add: (record: AccessRecord) => void, unused: string[] = []) {
  const record = new AccessRecord();
  add(record);
  return readAccess({ record, unused: () => unused });
}

test('tells what was denied apart from what a statement allowed', () => {
  const roles = read((record) => {
    record.add('Sender', request('sqs:SendMessage'), allowed);
    record.add('Sender', request('sqs:PurgeQueue'), denied);
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
    record.add('Sender', request('sqs:SendMessage', { 'aws:SourceArn': 'a' }), allowed);
    record.add('Sender', request('sqs:SendMessage', { 'aws:SourceArn': 'b' }), allowed);
    record.add('Sender', request('sqs:SendMessage', { 'aws:SourceArn': 'b' }), allowed);
  });

  expect(role?.allowed).toMatchObject([{ action: 'sqs:SendMessage', times: 3 }]);
});

test('names a role that has used nothing', () => {
  expect(read(() => {}, [ALLOW])).toMatchObject([
    { roleName: 'Sender', denied: [], allowed: [], unused: [{ place: 'policy Default, statement 1' }] },
  ]);
});
