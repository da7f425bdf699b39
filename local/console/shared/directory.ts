import { perform } from '../../aws/api';
import type { Cognito } from '../../cognito/cognito';

/** The e-mail addresses of all users, by their `sub`. */
export type Directory = ReadonlyMap<string, string>;

/** Reads the addresses of the users of all user pools. */
export async function readDirectory(cognito: Cognito): Promise<Directory> {
  const directory = new Map<string, string>();
  for (const userPoolId of await userPoolIds(cognito)) {
    for (const { Attributes } of await cognito.listUsers(userPoolId)) {
      const sub = Attributes.find(({ Name }) => Name === 'sub')?.Value;
      const email = Attributes.find(({ Name }) => Name === 'email')?.Value;
      if (sub && email) directory.set(sub, email);
    }
  }
  return directory;
}

/** The ids of the first 60 user pools: no app has more. */
export async function userPoolIds(cognito: Cognito): Promise<string[]> {
  const input = { MaxResults: 60 };
  const { UserPools } = await perform<{ UserPools: { Id: string }[] }>(cognito, 'ListUserPools', input);
  return UserPools.map(({ Id }) => Id);
}
