import { EVENT_PENDING } from '../record/event-pending';
import { retryOn, type State } from './state';

/** The state that publishes the event. */
export const PUBLISH_STATE = 'PublishUserOnboarded';

/** The state that removes the mark of the record when the event is published. */
export const REMOVE_MARK_STATE = 'RemoveEventPending';

/** @param record the state that puts the record. */
export function publishState(record: State): State {
  return {
    Comment: 'Publishes that the user is onboarded. If this fails, a retry publishes it: at least once.',
    Type: 'Task',
    Resource: 'arn:aws:states:::events:putEvents',
    Parameters: {
      Entries: [
        {
          EventBusName: '${EventBusArn}',
          Source: 'confirmed-user-onboarding',
          DetailType: 'UserOnboarded',
          Detail: {
            'userPoolId.$': '$.confirmedUser.userPoolId',
            'sub.$': '$.confirmedUser.sub',
            'username.$': '$.confirmedUser.username',
            'group.$': '$.group.name',
            'startedBy.$': '$.startedBy',
          },
        },
      ],
    },
    TimeoutSeconds: 2,
    ResultPath: null,
    // Step Functions itself fails the task as EventBridge.FailedEntry if the event bus refused the event.
    Retry: retryOn(record, [
      'EventBridge.FailedEntry',
      'EventBridge.InternalException',
      'EventBridge.ThrottlingException',
      'EventBridge.AmazonEventBridgeException',
      'EventBridge.SdkClientException',
      'States.Timeout',
    ]),
    Catch: record.Catch,
    Next: REMOVE_MARK_STATE,
  };
}

/**
 * Only a mark that is there is removed: an update would create a record that was deleted meanwhile.
 *
 * @param record the state that puts the record.
 */
export function removeMarkState(record: State): State {
  return {
    Comment:
      'Removes the mark of the record: its event is published. If this fails, a retry publishes the event again.',
    Type: 'Task',
    Resource: 'arn:aws:states:::dynamodb:updateItem',
    Parameters: {
      TableName: '${TableName}',
      'Key.$': '$.record.result.key',
      UpdateExpression: 'REMOVE #mark',
      ConditionExpression: 'attribute_exists(#mark)',
      ExpressionAttributeNames: { '#mark': EVENT_PENDING },
    },
    TimeoutSeconds: 2,
    ResultPath: null,
    // Step Functions names some errors after the code in DynamoDB's answer, and some after the class in its SDK.
    Retry: retryOn(record, [
      'DynamoDB.ProvisionedThroughputExceededException',
      'DynamoDB.RequestLimitExceeded',
      'DynamoDB.RequestLimitExceededException',
      'DynamoDB.ThrottlingException',
      'DynamoDB.InternalServerError',
      'DynamoDB.InternalServerErrorException',
      'DynamoDB.TransactionConflictException',
      'DynamoDB.AmazonDynamoDBException',
      'DynamoDB.SdkClientException',
      'States.Timeout',
    ]),
    Catch: [
      {
        ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'],
        ResultPath: null,
        Next: record.Next as string,
      },
      ...(record.Catch ?? []),
    ],
    Next: record.Next,
  };
}
