/**
 * The module that Lambda adds to inline code, so that functions of custom resources can answer CloudFormation.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-lambda-function-code-cfnresponsemodule.html
 */
export const CFN_RESPONSE = Buffer.from(`
exports.SUCCESS = 'SUCCESS';
exports.FAILED = 'FAILED';
exports.send = (event, context, Status, Data, physicalResourceId, NoEcho = false) => {
  const { StackId, RequestId, LogicalResourceId, ResponseURL } = event;
  const PhysicalResourceId = physicalResourceId || context.logStreamName;
  const Reason = 'See the details in CloudWatch Log Stream: ' + context.logStreamName;
  const answer = { Status, Reason, PhysicalResourceId, StackId, RequestId, LogicalResourceId, NoEcho, Data };
  return fetch(ResponseURL, { method: 'PUT', body: JSON.stringify(answer) }).then(
    () => context.done(),
    (error) => context.done(error),
  );
};
`);
