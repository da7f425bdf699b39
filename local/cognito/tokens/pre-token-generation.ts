import type { User } from 'cognito-local/lib/services/userPoolService';
import { AwsError } from '../../aws/api';
import { attributesForTrigger, metadata, type Triggers, tokenEventVersion } from '../triggers/triggers';
import type { App } from '../users/users';
import type { GroupConfiguration } from './groups';

/** Claims of a token to add, to change or to leave out. */
interface ClaimChanges {
  readonly claimsToAddOrOverride?: Record<string, unknown>;
  readonly claimsToSuppress?: readonly string[];
}

/** The form of the trigger's answer in version 1. */
interface ClaimsOverrideDetails extends ClaimChanges {
  readonly groupOverrideDetails?: Partial<GroupConfiguration>;
}

/** The form of the trigger's answer in versions 2 and 3. */
interface ClaimsAndScopeOverrideDetails {
  readonly idTokenGeneration?: ClaimChanges;
  readonly accessTokenGeneration?: ClaimChanges & {
    readonly scopesToAdd?: readonly string[];
    readonly scopesToSuppress?: readonly string[];
  };
  readonly groupOverrideDetails?: Partial<GroupConfiguration>;
}

/** What the trigger makes of the tokens. */
export interface TokenChanges {
  readonly id: ClaimChanges;
  readonly access: ClaimChanges;
  readonly groups: GroupConfiguration;
  readonly scopes: readonly string[];
}

/** What a token is issued for. */
export interface TokenRequest {
  readonly app: App;
  readonly user: User;
  /** The part of the trigger source after the underscore: `Authentication`, `RefreshTokens`, … */
  readonly source: string;
  readonly clientMetadata?: unknown;
}

/**
 * Asks the trigger what to change in the tokens of a user.
 *
 * @throws AwsError as the trigger fails, or InvalidLambdaResponseException for claims that are no object.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
export async function tokenChanges(
  triggers: Triggers,
  { app: { client, userPool }, user, source, clientMetadata }: TokenRequest,
  groups: GroupConfiguration,
  scopes: readonly string[],
): Promise<TokenChanges> {
  const hasScopes = tokenEventVersion(userPool) !== '1';
  const name = hasScopes ? 'claimsAndScopeOverrideDetails' : 'claimsOverrideDetails';
  const response = await triggers.call(userPool, 'PreTokenGeneration', {
    source,
    userName: user.Username,
    clientId: client.ClientId,
    request: {
      userAttributes: attributesForTrigger(user),
      groupConfiguration: groups,
      ...(hasScopes && { scopes }),
      ...metadata(clientMetadata),
    },
    response: { [name]: null },
  });
  const details = response?.[name] ?? {};
  if (typeof details !== 'object')
    throw new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
  return hasScopes ? scopedChanges(details, groups, scopes) : simpleChanges(details, groups, scopes);
}

function simpleChanges(
  { groupOverrideDetails, ...id }: ClaimsOverrideDetails,
  groups: GroupConfiguration,
  scopes: readonly string[],
): TokenChanges {
  return { id, access: {}, groups: { ...groups, ...groupOverrideDetails }, scopes };
}

function scopedChanges(
  { idTokenGeneration, accessTokenGeneration, groupOverrideDetails }: ClaimsAndScopeOverrideDetails,
  groups: GroupConfiguration,
  scopes: readonly string[],
): TokenChanges {
  const { scopesToAdd = [], scopesToSuppress = [], ...access } = accessTokenGeneration ?? {};
  const changed = [...new Set([...scopes, ...scopesToAdd])].filter(
    (scope) => !scopesToSuppress.includes(scope),
  );
  return {
    id: idTokenGeneration ?? {},
    access,
    groups: { ...groups, ...groupOverrideDetails },
    scopes: changed,
  };
}
