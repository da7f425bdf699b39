import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** The group of RFC 3526 with 3072 bits, which Cognito's clients use. */
const N = BigInt(
  `0xFFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B
302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6492866
51ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC
9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515
D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7ABF5AE8C
DB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946
E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF`.replace(/\s/g, ''),
);
const G = 2n;
const K = hashOf(bytesOf(N), bytesOf(G));

const KEY_INFO = 'Caldera Derived Key';
const KEY_BYTES = 16;

/** Whom a sign-in by SRP is about. */
export interface SrpUser {
  /** The part of the user pool's id after the underscore. */
  readonly poolName: string;
  readonly username: string;
  readonly password: string;
}

/** What the server keeps of a sign-in by SRP between the two calls. */
export interface SrpChallenge {
  /** For the client, in hexadecimal. */
  readonly salt: string;
  /** For the client, in hexadecimal. */
  readonly srpB: string;
  /** For the client, in base64. */
  readonly secretBlock: string;
  /** The key with which the client proves that it knows the password. */
  readonly key: Buffer;
}

/**
 * The server's half of SRP-6a with Cognito's own paddings and key derivation.
 *
 * AWS publishes the half of the client only, in the source of amazon-cognito-identity-js.
 *
 * @param srpA the client's public value, in hexadecimal.
 * @returns undefined for a public value that would give the password away.
 * @see https://www.rfc-editor.org/rfc/rfc5054#section-2.6
 */
export function srpChallenge(user: SrpUser, srpA: string): SrpChallenge | undefined {
  const a = /^[0-9a-f]+$/i.test(srpA) ? BigInt(`0x${srpA}`) : 0n;
  if (a % N === 0n) return undefined;
  const salt = randomNumber(16);
  const verifier = modPow(G, privateKeyOf(user, salt), N);
  const secret = randomNumber(32);
  const b = (K * verifier + modPow(G, secret, N)) % N;
  const u = hashOf(bytesOf(a), bytesOf(b));
  const shared = modPow(a * modPow(verifier, u, N), secret, N);
  return {
    salt: salt.toString(16),
    srpB: b.toString(16),
    secretBlock: randomBytes(64).toString('base64'),
    key: Buffer.from(hkdfSync('sha256', bytesOf(shared), bytesOf(u), KEY_INFO, KEY_BYTES)),
  };
}

/** Whether a client has signed with the key of its challenge. */
export function isSrpSignature(
  { key, secretBlock }: SrpChallenge,
  { poolName, username }: SrpUser,
  timestamp: string,
  signature: string,
): boolean {
  const expected = createHmac('sha256', key)
    .update(poolName)
    .update(username)
    .update(Buffer.from(secretBlock, 'base64'))
    .update(timestamp)
    .digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function privateKeyOf({ poolName, username, password }: SrpUser, salt: bigint): bigint {
  const identity = createHash('sha256').update(`${poolName}${username}:${password}`).digest();
  return hashOf(bytesOf(salt), identity);
}

function hashOf(...parts: Buffer[]): bigint {
  return BigInt(`0x${createHash('sha256').update(Buffer.concat(parts)).digest('hex')}`);
}

/** The bytes of a number as Java's BigInteger writes them: a zero comes before a high first bit. */
function bytesOf(value: bigint): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 === 1 ? `0${hex}` : hex;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
}

function randomNumber(bytes: number): bigint {
  return BigInt(`0x${randomBytes(bytes).toString('hex')}`);
}

function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, factor] = [1n, base % modulus];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return result;
}
