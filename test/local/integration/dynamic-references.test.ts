import { InvokeCommand } from '@aws-sdk/client-lambda';
import { SecretValue } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { type Neighbourhood, synthesized } from '../../support/neighbours';
import { TestCloud } from '../../support/test-cloud';

let cloud: TestCloud;

beforeEach(async () => {
  cloud = await TestCloud.startEmpty();
});

afterEach(() => cloud.close());

const SECRET = SecretValue.secretsManager('shop/token').unsafeUnwrap();

test('a function gets a stored parameter, and no variable for a secret', async () => {
  const add = ({ stack, lambda }: Neighbourhood) => {
    new StringParameter(stack, 'Colour', { parameterName: '/shop/colour', stringValue: 'blue' });
    const environment = {
      COLOUR: '{{resolve:ssm:/shop/colour}}',
      SIZE: '{{resolve:ssm:/shop/size:1}}',
      TOKEN: SECRET,
    };
    lambda({ environment });
  };

  await cloud.deploy(synthesized({ add }));

  const FunctionName = cloud.output('OtherFunctionName');
  const { Payload } = await cloud.lambda.send(new InvokeCommand({ FunctionName }));
  const variables = JSON.parse(Buffer.from(Payload ?? []).toString());
  expect(variables).toMatchObject({ COLOUR: 'blue' });
  expect(Object.keys(variables)).not.toEqual(expect.arrayContaining(['TOKEN']));
  expect(Object.keys(variables)).not.toEqual(expect.arrayContaining(['SIZE']));
  expect(cloud.notes.join('\n')).toMatch(/TOKEN of Shop\/Other\w+ is left out: only AWS knows the value of/);
  expect(cloud.notes.join('\n')).toMatch(/SIZE of Shop\/Other\w+ is left out: .+ named \/shop\/size/);
});

test('a secret in what is played is refused', async () => {
  const add = ({ stack }: Neighbourhood) => new Queue(stack, 'Orders', { queueName: SECRET });

  await expect(cloud.deploy(synthesized({ add }))).rejects.toThrow(
    /only AWS knows the value of \{\{resolve:secretsmanager:/,
  );
});
