import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodeMismatchError, CognitoError, UnsupportedError } from 'cognito-local/lib/errors';
import { Router } from 'cognito-local/lib/server/Router';
import { DateClock } from 'cognito-local/lib/services/clock';
import { type CognitoService, CognitoServiceImpl } from 'cognito-local/lib/services/cognitoService';
import type { Context } from 'cognito-local/lib/services/context';
import type { Services } from 'cognito-local/lib/services/index';
import type { Messages } from 'cognito-local/lib/services/messages';
import { otp } from 'cognito-local/lib/services/otp';
import { JwtTokenGenerator } from 'cognito-local/lib/services/tokenGenerator';
import type { Triggers } from 'cognito-local/lib/services/triggers/triggers';
import type { UserPool } from 'cognito-local/lib/services/userPoolService';
import { Targets } from 'cognito-local/lib/targets/targets';
import { AwsError } from '../aws/api';
import { context } from './context';
import { indexedUserPools } from './indexed-user-pools';
import { roleClaims } from './role-claims';
import { inMemoryDataStores } from './store';

/** The actions that the emulator knows. */
export const EMULATED_ACTIONS = Object.keys(Targets);

interface TokenOwner {
  readonly userPoolId: string;
  readonly username: string;
}

/** The functions that the emulator calls in the local cloud. */
export interface EmulatorHooks {
  readonly deliver: Messages['deliver'];
  readonly postConfirmation: Triggers['postConfirmation'];
}

/** cognito-local without its server, files and log. The package exports nothing like it. */
export interface CognitoEmulator {
  readonly cognito: CognitoService;
  /** Performs an action of the API. {@link toAwsError} understands the errors that it throws. */
  readonly perform: (action: string, input: unknown) => Promise<unknown>;
}

/** @param issuerDomain the beginning of the tokens' issuer. */
export async function startCognitoEmulator(
  hooks: EmulatorHooks,
  issuerDomain: string,
): Promise<CognitoEmulator> {
  const clock = new DateClock();
  const cognito = await createCognitoService(clock);
  const triggers = {
    // Asked for each confirmation. The hook itself finds out whether the user pool has such a trigger.
    enabled: (trigger: string) => trigger === 'PostConfirmation' || trigger === 'PreTokenGeneration',
    postConfirmation: hooks.postConfirmation,
    // This is no trigger of the template: the emulator leaves these claims out of its tokens.
    preTokenGeneration: async (_: Context, { userPoolId, username }: TokenOwner) => {
      const userPool = await cognito.getUserPool(context, userPoolId);
      return { claimsOverrideDetails: { claimsToAddOrOverride: await roleClaims(userPool, username) } };
    },
  } as unknown as Triggers;
  const route = Router({
    clock,
    cognito,
    config: { UserPoolDefaults: {} } as Services['config'],
    messages: { deliver: hooks.deliver },
    otp,
    tokenGenerator: new JwtTokenGenerator(clock, triggers, { IssuerDomain: issuerDomain }),
    triggers,
  });
  return { cognito, perform: (action, input) => route(action)(context, input) };
}

async function createCognitoService(clock: DateClock): Promise<CognitoService> {
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
}

/** The error that a client sees for an error of the emulator. */
export function toAwsError(error: unknown): unknown {
  if (error instanceof CodeMismatchError)
    return new AwsError(error.code, 'Invalid verification code provided, please try again.');
  if (error instanceof CognitoError) return new AwsError(error.code, error.message);
  if (error instanceof UnsupportedError) return new AwsError('UnknownOperationException', error.message);
  return error;
}
