import { CfnOutput, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { LocalCloud } from '../../../local/local-cloud';
import { type Neighbourhood, synthesized } from '../../support/neighbours';

const env = { account: '111122223333', region: 'us-east-1' };

/** A stack of the same name as the other one, in another region. */
const inEurope = ({ app }: Neighbourhood) =>
  new Stack(app, 'ShopInEurope', { stackName: 'Shop', env: { ...env, region: 'eu-west-1' } });

test('stacks of one name in two regions have their own pools, clients and outputs', async () => {
  const add = (neighbourhood: Neighbourhood) => {
    const stack = inEurope(neighbourhood);
    const client = new UserPool(stack, 'Pool').addClient('Web');
    new CfnOutput(stack, 'UserPoolClientId', { value: client.userPoolClientId });
  };

  const cloud = await LocalCloud.start({ assembly: synthesized({ env, add }), port: 0 });
  const { Shop, ShopInEurope } = cloud.stackOutputs;
  await cloud.close();

  expect(ShopInEurope?.UserPoolClientId).toMatch(/^\w{26}$/);
  expect(Shop?.UserPoolClientId).toMatch(/^\w{26}$/);
  expect(ShopInEurope?.UserPoolClientId).not.toBe(Shop?.UserPoolClientId);
});

test('stacks that share a resource that is played are refused, with what to do', async () => {
  const add = (neighbourhood: Neighbourhood) => {
    new Queue(neighbourhood.stack, 'Orders');
    new Queue(inEurope(neighbourhood), 'Orders');
  };

  const started = LocalCloud.start({ assembly: synthesized({ env, add }), port: 0 });

  await expect(started).rejects.toThrow(
    /^the stacks Shop and ShopInEurope both have the AWS::SQS::Queue http:\S+Shop-Orders\w+, .+: choose a stack with --stack Shop or --stack ShopInEurope$/,
  );
});
