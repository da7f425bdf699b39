import type { Resource } from '../../../local/aws/resource-type';
import type { LambdaServices } from '../../../local/lambda/lambda-services';
import { LAMBDA_RESOURCES } from '../../../local/lambda/resources';

test('a function that is deleted takes the events that wait for it along', async () => {
  const forgotten: string[] = [];
  const waiting = ['fn', 'arn:aws:lambda:us-east-1:000000000000:function:fn:1', 'fn-2'];
  const forget = (isOfFunction: (nameOrArn: string) => boolean) =>
    forgotten.push(...waiting.filter(isOfFunction));
  const lambda = { deleteFunction: jest.fn() };
  const services = { asynchronous: { forget }, lambda } as unknown as LambdaServices;

  await LAMBDA_RESOURCES['AWS::Lambda::Function']?.delete?.(services, { ref: 'fn' } as Resource);

  expect(forgotten).toEqual(waiting.slice(0, 2));
  expect(lambda.deleteFunction).toHaveBeenCalledWith('fn');
});
