import type { Task } from './task';

/** The parameters of the integrations that act here as on AWS. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  'arn:aws:states:::dynamodb:updateItem': [
    'AttributeUpdates',
    'ConditionExpression',
    'ConditionalOperator',
    'Expected',
    'ExpressionAttributeNames',
    'ExpressionAttributeValues',
    'Key',
    'ReturnConsumedCapacity',
    'ReturnItemCollectionMetrics',
    'ReturnValues',
    'TableName',
    'UpdateExpression',
  ],
  'arn:aws:states:::events:putEvents': ['Entries'],
  'arn:aws:states:::lambda:invoke': ['FunctionName', 'Payload'],
  'arn:aws:states:::sqs:sendMessage': [
    'DelaySeconds',
    'MessageAttributes',
    'MessageBody',
    'MessageDeduplicationId',
    'MessageGroupId',
    'QueueUrl',
  ],
  'arn:aws:states:::states:startExecution': ['Input', 'Name', 'StateMachineArn'],
};

/** @throws Error for a parameter that would do nothing here. */
export function assertKnownParameters(stateName: string, { Resource, Parameters }: Task): void {
  const known = PARAMETERS[Resource];
  if (!known || typeof Parameters !== 'object' || Parameters === null) return;
  const names = Object.entries(Parameters)
    .filter(([name, value]) => !(name === 'InvocationType' && value === 'RequestResponse'))
    .map(([name]) => name.replace(/\.\$$/, ''));
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(
      `state ${stateName}: the local cloud does not know the parameter ${unknown.join(', ')} of ${Resource}: it knows ${known.join(', ')}`,
    );
}
