import type { Cognito } from '../../cognito/cognito';

/** The e-mail addresses of a user pool's users, by their `sub`. */
export type Directory = ReadonlyMap<string, string>;

/** @param userPoolId undefined if the stack has no such output; the directory is then empty. */
export async function readDirectory(cognito: Cognito, userPoolId: string | undefined): Promise<Directory> {
  const directory = new Map<string, string>();
  if (userPoolId === undefined) return directory;
  for (const { Attributes } of await cognito.listUsers(userPoolId)) {
    const sub = Attributes.find(({ Name }) => Name === 'sub')?.Value;
    const email = Attributes.find(({ Name }) => Name === 'email')?.Value;
    if (sub && email) directory.set(sub, email);
  }
  return directory;
}
