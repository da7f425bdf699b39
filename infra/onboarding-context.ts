import { type Stack, Token } from 'aws-cdk-lib';
import { UserPool, UserPoolClient, UserPoolEmail } from 'aws-cdk-lib/aws-cognito';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { LogLevel } from 'aws-cdk-lib/aws-stepfunctions';
import type { UserRecord } from './record/user-record';
import type { UserOnboardingProps } from './user-onboarding-props';
import { OnboardingGroup } from './user-pool/onboarding-group';

const TOPIC_ARN = /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+$/;

/** The context values (`-c key=value`) that the app accepts: the pattern of each, and its description. */
const CONTEXT = {
  userPoolId: [/^[\w-]+_[0-9a-zA-Z]+$/, 'the id of a user pool, such as us-east-1_Ab12Cd34E'],
  userPoolClientId: [/^[\w+]{1,128}$/, 'the id of an app client'],
  group: [/./, 'the name of a group, or false for no group'],
  createGroups: [/^(true|false)$/, 'true or false'],
  attachTrigger: [/^(true|false)$/, 'true or false'],
  replaceTrigger: [/^(true|false)$/, 'true or false'],
  tableName: [/^[\w.-]{3,255}$/, 'the name of a table, not its ARN'],
  tableKeyArn: [
    /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/,
    'the ARN of the KMS key that encrypts the table',
  ],
  record: [/^\{.*\}$/s, 'an object in JSON with key and attributes'],
  deletionProtection: [/^(true|false)$/, 'true or false'],
  sesFromEmail: [/^[^@\s]+@[^@\s]+$/, 'an e-mail address'],
  sesVerifiedDomain: [/^[^@\s]+\.[^@\s]+$/, 'a domain that Amazon SES has verified'],
  requireVerifiedEmail: [/^(true|false)$/, 'true or false'],
  retriesPerSecond: [/^\d+(\.\d+)?$/, 'a number'],
  reconciliationsPerSecond: [/^\d+(\.\d+)?$/, 'a number'],
  reconciliationSchedule: [/^(cron|rate)\(.+\)$/, 'cron(…) or rate(…), such as "cron(30 2 * * ? *)"'],
  logExecutionData: [/^(true|false)$/, 'true or false'],
  executionLogLevel: [/^(ALL|ERROR|FATAL|OFF)$/, 'ALL, ERROR, FATAL or OFF'],
  tracing: [/^(true|false)$/, 'true or false'],
  encryptionKeyArn: [/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/, 'the ARN of a KMS key'],
  alarmTopicArn: [TOPIC_ARN, 'the ARN of an SNS topic'],
  noticeTopicArn: [TOPIC_ARN, 'the ARN of an SNS topic'],
} as const satisfies Record<string, readonly [RegExp, string]>;

/** The keys of the version before, and their successors. */
const REMOVED: Readonly<Record<string, string>> = {
  groupName: 'group',
  createGroup: 'createGroups',
  partitionKey: `record, such as -c record='{"key":{"PK":"USER#<sub>"}}'`,
  sortKey: `record, such as -c record='{"key":{"PK":"USER#<sub>","SK":"USER#<sub>"}}'`,
};

type ContextKey = keyof typeof CONTEXT;

/**
 * The onboarding that a stack's context asks for.
 *
 * @throws Error naming an invalid value, a value that needs another one, or a key that differs from a known
 * one only in case, hyphens or underscores.
 */
export function onboardingProps(stack: Stack): UserOnboardingProps {
  assertNothingRemoved(stack);
  assertSpelling(stack);
  const text = (key: ContextKey) => readContext(stack, key);
  const flag = (key: ContextKey) => (text(key) === undefined ? undefined : text(key) === 'true');
  const given = <T>(key: ContextKey, from: (value: string) => T) => {
    const value = text(key);
    return value === undefined ? undefined : from(value);
  };
  assertTogether(stack, 'tableKeyArn', 'tableName');
  assertTogether(stack, 'userPoolClientId', 'userPoolId');
  assertTogether(stack, 'sesVerifiedDomain', 'sesFromEmail');
  return {
    userPool: given('userPoolId', (id) => UserPool.fromUserPoolId(stack, 'UserPool', inRegion(stack, id))),
    userPoolClient: given('userPoolClientId', (id) => {
      return UserPoolClient.fromUserPoolClientId(stack, 'UserPoolClient', id);
    }),
    group: given('group', (name) => {
      return name === 'false' ? OnboardingGroup.none() : OnboardingGroup.named(name);
    }),
    createGroups: flag('createGroups'),
    attachTrigger: flag('attachTrigger'),
    replaceTrigger: flag('replaceTrigger'),
    table: given('tableName', (tableName) => {
      const encryptionKey = given('tableKeyArn', (arn) => Key.fromKeyArn(stack, 'TableKey', arn));
      return Table.fromTableAttributes(stack, 'Table', { tableName, encryptionKey });
    }),
    record: given('record', parseRecord),
    deletionProtection: flag('deletionProtection'),
    email: given('sesFromEmail', (fromEmail) => {
      return UserPoolEmail.withSES({
        fromEmail,
        sesRegion: stack.region,
        sesVerifiedDomain: text('sesVerifiedDomain'),
      });
    }),
    requireVerifiedEmail: flag('requireVerifiedEmail'),
    retriesPerSecond: given('retriesPerSecond', Number),
    reconciliationsPerSecond: given('reconciliationsPerSecond', Number),
    reconciliationSchedule: given('reconciliationSchedule', (expression) => {
      return ScheduleExpression.expression(expression);
    }),
    logExecutionData: flag('logExecutionData'),
    executionLogLevel: text('executionLogLevel') as LogLevel | undefined,
    tracing: flag('tracing'),
    encryptionKey: given('encryptionKeyArn', (arn) => Key.fromKeyArn(stack, 'EncryptionKey', arn)),
    alarmTopic: given('alarmTopicArn', (arn) => Topic.fromTopicArn(stack, 'AlarmTopic', arn)),
    noticeTopic: given('noticeTopicArn', (arn) => Topic.fromTopicArn(stack, 'NoticeTopic', arn)),
  };
}

function readContext(stack: Stack, key: ContextKey): string | undefined {
  const value: unknown = stack.node.tryGetContext(key);
  if (value === undefined) return undefined;
  const [pattern, expected] = CONTEXT[key];
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (pattern.test(text)) return text;
  throw new Error(`context ${key} must be ${expected}, got: "${text}"; pass -c ${key}=…`);
}

function parseRecord(text: string): UserRecord {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`context record must be JSON, got: ${text} (${(error as Error).message})`);
  }
}

/** Without this check, the value would be ignored. */
function assertNothingRemoved(stack: Stack): void {
  for (const [key, successor] of Object.entries(REMOVED)) {
    if (stack.node.tryGetContext(key) === undefined) continue;
    throw new Error(`context ${key} is not known any more: pass ${successor} instead`);
  }
}

/** Without this check, a misspelled key would be ignored, and a new resource created instead of adopted. */
function assertSpelling(stack: Stack): void {
  const plain = (key: string) => key.toLowerCase().replace(/[-_]/g, '');
  for (const key of Object.keys(stack.node.getAllContext())) {
    const meant = Object.keys(CONTEXT).find((known) => known !== key && plain(known) === plain(key));
    if (meant) throw new Error(`context ${key} is not known, did you mean ${meant}? Pass -c ${meant}=…`);
  }
}

function assertTogether(stack: Stack, key: ContextKey, needed: ContextKey): void {
  if (readContext(stack, key) === undefined || readContext(stack, needed) !== undefined) return;
  throw new Error(`context ${key} needs ${needed}: pass -c ${needed}=… as well`);
}

function inRegion(stack: Stack, userPoolId: string): string {
  const region = userPoolId.split('_')[0];
  // The CDK's command line chooses the region if the stack does not set it.
  const target = Token.isUnresolved(stack.region) ? process.env.CDK_DEFAULT_REGION : stack.region;
  if (!target || target === region) return userPoolId;
  throw new Error(
    `context userPoolId must be in the stack's region ${target}, got: "${userPoolId}"; deploy the stack ` +
      `to ${region}, or pass a user pool in ${target}`,
  );
}
