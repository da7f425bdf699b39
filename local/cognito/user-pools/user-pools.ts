import { randomUUID } from 'node:crypto';
import { USER_POOL_AWS_DEFAULTS } from 'cognito-local/lib/services/cognitoService';
import type { UserPool, UserPoolService } from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input, type Performers } from '../../aws/api';
import { arn, REGION } from '../../aws/environment';
import { context } from '../emulator/context';
import type { CognitoEmulator } from '../emulator/emulator';
import { assertSettings, settingsFrom } from './user-pool-settings';

/** A user pool with settings that are newer than the emulator's types. */
type StoredUserPool = UserPool & {
  readonly DeletionProtection?: string;
  readonly DcrConfiguration?: unknown;
};

interface SchemaAttribute {
  readonly Name: string;
}

/**
 * Performs CreateUserPool, DescribeUserPool, UpdateUserPool, DeleteUserPool and CreateGroup.
 *
 * A user pool keeps every setting, but not every setting has an effect in the local cloud.
 */
export class UserPools {
  readonly performers: Performers = {
    CreateUserPool: async (input) => {
      assertSettings('CreateUserPool', input);
      const id = `${REGION}_${randomUUID().replaceAll('-', '').slice(0, 9)}`;
      await this.create(id, input);
      return { UserPool: await this.describe(id) };
    },
    DescribeUserPool: async ({ UserPoolId }) => ({ UserPool: await this.describe(String(UserPoolId)) }),
    UpdateUserPool: async (input) => {
      const userPool = await this.find(String(input.UserPoolId));
      assertSettings('UpdateUserPool', input, userPool.options);
      await this.update(userPool, input);
      return {};
    },
    DeleteUserPool: async ({ UserPoolId }) => {
      const { options } = await this.find(String(UserPoolId));
      const { DeletionProtection }: StoredUserPool = options;
      if (DeletionProtection === 'ACTIVE') {
        throw new AwsError(
          'InvalidParameterException',
          'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
        );
      }
      await this.emulator.cognito.deleteUserPool(context, options);
      return {};
    },
    CreateUserPoolClient: async (input) => {
      assertNoRotation(input);
      return this.emulator.perform('CreateUserPoolClient', input);
    },
    UpdateUserPoolClient: async (input) => {
      assertNoRotation(input);
      return this.emulator.perform('UpdateUserPoolClient', input);
    },
    CreateGroup: async (input) => {
      const userPool = await this.find(String(input.UserPoolId));
      // The emulator would replace it with a new group without members.
      if (await userPool.getGroupByGroupName(context, String(input.GroupName)))
        throw new AwsError('GroupExistsException', 'A group with the name already exists.');
      return this.emulator.perform('CreateGroup', input);
    },
  };

  constructor(private readonly emulator: CognitoEmulator) {}

  /** @throws AwsError ResourceNotFoundException */
  async find(id: string): Promise<UserPoolService> {
    return this.emulator.cognito.getUserPool(context, id);
  }

  async create(id: string, input: Input, poolArn = arn('cognito-idp', `userpool/${id}`)): Promise<void> {
    const now = new Date();
    const { PoolName, Schema = [], AliasAttributes, UsernameAttributes, UsernameConfiguration } = input;
    const pool = {
      Id: id,
      Name: String(PoolName),
      Arn: poolArn,
      CreationDate: now,
      LastModifiedDate: now,
      SchemaAttributes: schemaFrom(Schema as SchemaAttribute[]),
      AliasAttributes,
      UsernameAttributes,
      UsernameConfiguration,
      ...settingsFrom(input),
    } as UserPool;
    await this.emulator.cognito.createUserPool(context, pool);
    // The emulator has added defaults of its own to it.
    await (await this.find(id)).updateOptions(context, pool);
  }

  private async update(userPool: UserPoolService, input: Input): Promise<void> {
    const options: StoredUserPool = userPool.options;
    const { UsernameConfiguration, SoftwareTokenMfaConfiguration, DcrConfiguration } = options;
    const { Id, Arn, CreationDate, SchemaAttributes, AliasAttributes, UsernameAttributes } = options;
    await userPool.updateOptions(context, {
      Id,
      Arn,
      CreationDate,
      SchemaAttributes,
      AliasAttributes,
      UsernameAttributes,
      UsernameConfiguration,
      // The first belongs to SetUserPoolMfaConfig. Only the second is kept when it is left out of a call.
      SoftwareTokenMfaConfiguration,
      DcrConfiguration,
      ...settingsFrom(input),
      Name: String(input.PoolName ?? options.Name),
      LastModifiedDate: new Date(),
    } as UserPool);
  }

  private async describe(id: string): Promise<Input> {
    const userPool = await this.find(id);
    const { SoftwareTokenMfaConfiguration: _, ...described } = userPool.options;
    const users = await userPool.listUsers(context);
    return { ...described, EstimatedNumberOfUsers: users.length };
  }
}

/** @throws AwsError InvalidParameterException: refresh tokens would stay the same. */
function assertNoRotation({ RefreshTokenRotation }: Input): void {
  if ((RefreshTokenRotation as { Feature?: string } | undefined)?.Feature !== 'ENABLED') return;
  throw new AwsError(
    'InvalidParameterException',
    'the local cloud does not renew refresh tokens: leave RefreshTokenRotation out, or set its Feature to DISABLED',
  );
}

/** The standard attributes with their changes, and the custom attributes. */
function schemaFrom(schema: SchemaAttribute[]): unknown[] {
  const standard = USER_POOL_AWS_DEFAULTS.SchemaAttributes ?? [];
  const names = new Set(standard.map(({ Name }) => Name));
  const changed = new Map(schema.map((attribute) => [attribute.Name, attribute]));
  const custom = schema.filter(({ Name }) => !names.has(Name));
  return [
    ...standard.map((attribute) => ({ ...attribute, ...changed.get(attribute.Name ?? '') })),
    ...custom.map((attribute) => ({
      AttributeDataType: 'String',
      DeveloperOnlyAttribute: false,
      Mutable: true,
      Required: false,
      ...attribute,
      Name: `custom:${attribute.Name}`,
    })),
  ];
}
