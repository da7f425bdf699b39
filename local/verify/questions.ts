import { randomUUID } from 'node:crypto';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  AdminConfirmSignUpCommand,
  AdminDeleteUserCommand,
  AdminListGroupsForUserCommand,
  GetGroupCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Verification } from './shared/verification';

/** A question that changes nothing, and that two clouds may answer differently. */
type Question = (verification: Verification) => Promise<unknown>;

const NOBODY = `nobody-${randomUUID()}`;

/** Every call here is an error, whatever the settings of the stack are. Its name is the answer. */
const QUESTIONS: Readonly<Record<string, Question>> = {
  'GetGroup of a group that is not there': ({ clients, outputs: { UserPoolId } }) =>
    clients.cognito.send(new GetGroupCommand({ UserPoolId, GroupName: NOBODY })),
  'AdminListGroupsForUser of a user who is not there': ({ clients, outputs: { UserPoolId } }) =>
    clients.cognito.send(new AdminListGroupsForUserCommand({ UserPoolId, Username: NOBODY })),
  'AdminConfirmSignUp of a user who is not there': ({ clients, outputs: { UserPoolId } }) =>
    clients.cognito.send(new AdminConfirmSignUpCommand({ UserPoolId, Username: NOBODY })),
  'AdminDeleteUser of a user who is not there': ({ clients, outputs: { UserPoolId } }) =>
    clients.cognito.send(new AdminDeleteUserCommand({ UserPoolId, Username: NOBODY })),
  'SignUp with a password of one character': ({ clients, clientId, outputs: { UserPoolClientId } }) =>
    clients.cognito.send(
      new SignUpCommand({
        ClientId: clientId ?? UserPoolClientId,
        Username: `${NOBODY}@example.com`,
        Password: 'a',
        UserAttributes: [{ Name: 'email', Value: `${NOBODY}@example.com` }],
      }),
    ),
  'GetItem with the key of another table': ({ clients, outputs: { TableName } }) =>
    clients.dynamodb.send(new GetItemCommand({ TableName, Key: { [NOBODY]: { S: '1' } } })),
  'DescribeExecution of an execution that is not there': ({ clients, outputs }) => {
    const machine = outputs.ReconciliationStateMachineArn.replace(':stateMachine:', ':execution:');
    return clients.sfn.send(new DescribeExecutionCommand({ executionArn: `${machine}:${NOBODY}` }));
  },
  'StartExecution with an input that is not JSON': ({ clients, outputs }) =>
    clients.sfn.send(
      new StartExecutionCommand({ stateMachineArn: outputs.ReconciliationStateMachineArn, input: '{' }),
    ),
  'ReceiveMessage of eleven messages': ({ clients, outputs: { RetryQueueUrl: QueueUrl } }) =>
    clients.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 11 })),
  'FilterLogEvents with a quote that does not end': ({ clients, outputs }) =>
    clients.logs.send(
      new FilterLogEventsCommand({ logGroupName: outputs.TriggerLogGroupName, filterPattern: '"open' }),
    ),
};

/** The answers to all questions: the names of the errors, or `no error`. */
export async function askAll(verification: Verification): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const [question, ask] of Object.entries(QUESTIONS)) {
    answers[question] = await ask(verification).then(
      () => 'no error',
      (error: Error) => error.name,
    );
  }
  return answers;
}
