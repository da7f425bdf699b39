import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodeMismatchError, CognitoError, UnsupportedError } from 'cognito-local/lib/errors';
import { Router } from 'cognito-local/lib/server/Router';
import type { Clock } from 'cognito-local/lib/services/clock';
import { type CognitoService, CognitoServiceImpl } from 'cognito-local/lib/services/cognitoService';
import type { Context } from 'cognito-local/lib/services/context';
import type { Services } from 'cognito-local/lib/services/index';
import type { UserPool, UserPoolService } from 'cognito-local/lib/services/userPoolService';
import { AwsError } from '../../aws/api';
import { context } from './context';
import { indexedUserPools } from './indexed-user-pools';
import { inMemoryDataStores } from './store';

/**
 * The actions that the emulator performs as AWS does. They neither call triggers nor send messages nor issue
 * tokens, so the emulator needs no more than its store and a clock.
 */
export const EMULATED_ACTIONS = `AddCustomAttributes AdminAddUserToGroup AdminDeleteUser AdminEnableUser
  AdminGetUser AdminRemoveUserFromGroup AssociateSoftwareToken CreateUserPoolClient DeleteGroup
  DeleteUserPoolClient DescribeUserPoolClient GetGroup GetUserPoolMfaConfig SetUserMFAPreference
  SetUserPoolMfaConfig UpdateGroup UpdateUserPoolClient VerifySoftwareToken`.split(/\s+/);

/** cognito-local without its server, files and log. The package exports nothing like it. */
export interface CognitoEmulator {
  readonly cognito: CognitoService;
  /** Performs one of {@link EMULATED_ACTIONS}. {@link toAwsError} understands the errors that it throws. */
  readonly perform: (action: string, input: unknown) => Promise<unknown>;
}

/** @param now the time, in ms since 1970. */
export async function startCognitoEmulator(now: () => number): Promise<CognitoEmulator> {
  const clock: Clock = { get: () => new Date(now()) };
  const cognito = await createCognitoService(clock);
  const route = Router({ clock, cognito } as Services);
  return { cognito, perform: (action, input) => route(action)(context, input) };
}

async function createCognitoService(clock: Clock): Promise<CognitoService> {
  const clients = await inMemoryDataStores.create(context, 'clients', { Clients: {} });
  // It looks once for the files of earlier user pools, and must find an empty directory.
  const directory = mkdtempSync(join(tmpdir(), 'cognito-'));
  const cognito = new InMemoryCognitoService(directory, clients, {}, indexedUserPools(clock));
  await cognito.init(context);
  rmdirSync(directory);
  return cognito;
}

class InMemoryCognitoService extends CognitoServiceImpl {
  /** The emulator would remove a file. There is none here. */
  override async deleteUserPool(_ctx: Context, { Id }: UserPool): Promise<void> {
    const service = this as unknown as { userPools: { options: UserPool }[] };
    service.userPools = service.userPools.filter(({ options }) => options.Id !== Id);
  }

  /** With the message of AWS. */
  override async getUserPool(ctx: Context, userPoolId: string): Promise<UserPoolService> {
    const pools = await this.listUserPools(ctx);
    if (pools.some(({ Id }) => Id === userPoolId)) return super.getUserPool(ctx, userPoolId);
    throw new AwsError('ResourceNotFoundException', `User pool ${userPoolId} does not exist.`);
  }
}

/** The error that a client sees for an error of the emulator. */
export function toAwsError(error: unknown): unknown {
  if (error instanceof CodeMismatchError)
    return new AwsError(error.code, 'Invalid verification code provided, please try again.');
  if (error instanceof CognitoError) return new AwsError(error.code, error.message);
  if (error instanceof UnsupportedError) return new AwsError('UnknownOperationException', error.message);
  return error;
}
