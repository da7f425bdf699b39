import { isSrpSignature, srpChallenge } from '../../../../local/cognito/sign-in/srp';
import { BY_EMAIL, CognitoApp } from '../../../support/cognito-app';

// A real client signs in by SRP in test/local/integration/amplify.test.ts.

const user = { poolName: 'AbCdEfGhI', username: 'ada', password: 'Correct-Horse-7-Battery' };
const N =
  'ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404ddef9519b3cd3a431b' +
  '302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe6' +
  '49286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb9ed529077096966d' +
  '670c354e4abc9804f1746c08ca18217c32905e462e36ce3be39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf695581718' +
  '3995497cea956ae515d2261898fa051015728e5a8aaac42dad33170d04507a33a85521abdf1cba64ecfb850458dbef0a8aea71575d060c7d' +
  'b3970f85a6e1e4c7abf5ae8cdb0933d71e8c94e04a25619dcee3d2261ad2ee6bf12ffa06d98a0864d87602733ec86a64521f2b18177b200c' +
  'bbe117577a615d6c770988c0bad946e208e24fa074e5ab3143db5bfce0fd108e4b82d120a93ad2caffffffffffffffff';

test.each([
  ['zero', '0'],
  ['the modulus', N],
  ['twice the modulus', (BigInt(`0x${N}`) * 2n).toString(16)],
  ['no number', 'xyz'],
])('refuses %s as a public value, with which anybody could sign in', (_, srpA) => {
  expect(srpChallenge(user, srpA)).toBeUndefined();
});

test('makes another challenge each time', () => {
  const [first, second] = [srpChallenge(user, 'abc'), srpChallenge(user, 'abc')];

  for (const member of ['salt', 'srpB', 'secretBlock', 'key'] as const)
    expect(first?.[member]).not.toEqual(second?.[member]);
});

test.each(['', 'AAAA', Buffer.alloc(32).toString('base64')])('%j is no signature', (signature) => {
  const challenge = srpChallenge(user, 'abc');

  expect(challenge && isSrpSignature(challenge, user, 'Thu Nov 26 12:00:00 UTC 2026', signature)).toBe(false);
});

describe('an app', () => {
  const begin = (app: CognitoApp, USERNAME: string, SRP_A = 'abc') =>
    app.initiateAuth(USERNAME, '', { AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME, SRP_A } });

  test('gets a challenge for a user, without a session', async () => {
    const app = await CognitoApp.create({ pool: BY_EMAIL });
    const sub = await app.confirmedUser('ada@example.com');

    const { ChallengeName, ChallengeParameters, Session } = await begin(app, 'ada@example.com');

    expect(ChallengeName).toBe('PASSWORD_VERIFIER');
    expect(ChallengeParameters).toEqual({
      SALT: expect.stringMatching(/^[\da-f]+$/),
      SRP_B: expect.stringMatching(/^[\da-f]+$/),
      SECRET_BLOCK: expect.stringMatching(/^[\w+/=]+$/),
      USERNAME: sub,
      USER_ID_FOR_SRP: sub,
    });
    expect(Session).toBeUndefined();
  });

  test('gets one for an unknown user as well, if it must not be told', async () => {
    const app = await CognitoApp.create({ client: { PreventUserExistenceErrors: 'ENABLED' } });

    const { ChallengeParameters } = await begin(app, 'nobody');

    expect(ChallengeParameters).toMatchObject({ USER_ID_FOR_SRP: 'nobody' });
    await expect(
      app.respond('PASSWORD_VERIFIER', undefined, {
        USERNAME: 'nobody',
        PASSWORD_CLAIM_SECRET_BLOCK: ChallengeParameters?.SECRET_BLOCK ?? '',
        PASSWORD_CLAIM_SIGNATURE: 'AAAA',
        TIMESTAMP: 'now',
      }),
    ).rejects.toMatchObject({ code: 'NotAuthorizedException', message: 'Incorrect username or password.' });
  });

  test('that sends a bad public value, or an invented block, is refused', async () => {
    const app = await CognitoApp.create();
    await app.signUp('ada');

    await expect(begin(app, 'ada', N)).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await expect(
      app.respond('PASSWORD_VERIFIER', undefined, {
        USERNAME: 'ada',
        PASSWORD_CLAIM_SECRET_BLOCK: 'invented',
      }),
    ).rejects.toMatchObject({ code: 'NotAuthorizedException', message: 'Invalid session for the user.' });
  });
});
