import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { describeUserPool } from '../../../functions/attach-trigger/describe-user-pool';

const POOL = 'us-east-1_AbCdEfGhI';

let server: Server;
let client: CognitoIdentityProviderClient;
let answer: { status: number; body: object };

/** What Cognito answers for an ordinary user pool. */
const described = (more: object = {}) => ({ Id: POOL, Name: 'pool', CreationDate: 1_700_000_000.5, ...more });

function describeWith(userPool: object) {
  answer = { status: 200, body: { UserPool: userPool } };
  return describeUserPool(client, POOL);
}

beforeAll(async () => {
  server = createServer((_request, response) => {
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(answer.body));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  client = new CognitoIdentityProviderClient({ endpoint: `http://127.0.0.1:${port}`, maxAttempts: 1 });
});

afterAll(() => {
  client.destroy();
  server.close();
});

test('a user pool with only settings that the SDK knows is returned as the SDK reads it', async () => {
  const known = {
    Policies: { PasswordPolicy: { MinimumLength: 20 } },
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
    UserPoolTags: { 'any key': 'ä' },
    AutoVerifiedAttributes: ['email'],
    DeviceConfiguration: null,
  };

  const { DeviceConfiguration: _, ...expected } = known;
  expect(await describeWith(described(known))).toEqual({
    userPool: described({ ...expected, CreationDate: new Date(1_700_000_000_500) }),
    unknownFields: [],
  });
});

test.each<[string, object]>([
  ['BrandNewSetting', { BrandNewSetting: 'on' }],
  ['BrandNewSetting', { BrandNewSetting: {} }],
  [
    'Policies.PasswordPolicy.NewKnob',
    { Policies: { PasswordPolicy: { MinimumLength: 20, NewKnob: false } } },
  ],
  ['Policies.NewPolicy', { Policies: { NewPolicy: { Depth: 1 } } }],
  [
    'AccountRecoverySetting.RecoveryMechanisms.1.NewKnob',
    { AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1 }, { Priority: 2, NewKnob: 0 }] } },
  ],
])('%s is reported as unknown', async (path, setting) => {
  expect((await describeWith(described(setting))).unknownFields).toEqual([path]);
});

test('a field that is not sent back may be unknown', async () => {
  const SchemaAttributes = [{ Name: 'sub', NewConstraint: 'unique' }];

  expect((await describeWith(described({ SchemaAttributes }))).unknownFields).toEqual([]);
});

test("Cognito's errors are the SDK's own", async () => {
  answer = { status: 400, body: { __type: 'ResourceNotFoundException', message: 'no such user pool' } };

  await expect(describeUserPool(client, POOL)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'no such user pool',
  });
});
