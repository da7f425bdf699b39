import type { Resource } from '../../../local/aws/resource-type';
import type { LambdaServices } from '../../../local/lambda/lambda-services';
import { LAMBDA_RESOURCES } from '../../../local/lambda/resources';

test('a function that is deleted takes the events that wait for it along', async () => {
  const asynchronous = { forget: jest.fn() };
  const lambda = { deleteFunction: jest.fn() };
  const services = { asynchronous, lambda } as unknown as LambdaServices;

  await LAMBDA_RESOURCES['AWS::Lambda::Function']?.delete?.(services, { ref: 'fn' } as Resource);

  expect(asynchronous.forget).toHaveBeenCalledWith('fn');
  expect(lambda.deleteFunction).toHaveBeenCalledWith('fn');
});
