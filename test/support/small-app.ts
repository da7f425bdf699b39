import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Resources = Record<string, { Type: string; Properties: Record<string, unknown> }>;

/** A synthesized app with one function, `Fn`, whose code is inline. */
export function writeSmallApp(directory: string, code: string, more: Resources = {}): void {
  const role = {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: ['lambda.amazonaws.com', 'states.amazonaws.com'] },
          Action: 'sts:AssumeRole',
        },
      ],
    },
    Policies: [
      {
        PolicyName: 'All',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: ['logs:*', 'lambda:*', 'sqs:*', 'events:*'], Resource: '*' },
          ],
        },
      },
    ],
  };
  const fn = {
    FunctionName: 'Fn',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Code: { ZipFile: code },
  };
  const template = {
    Resources: {
      Role: { Type: 'AWS::IAM::Role', Properties: role },
      Fn: { Type: 'AWS::Lambda::Function', Properties: fn },
      ...more,
    },
    Outputs: { FnName: { Value: { Ref: 'Fn' } } },
  };
  const artifact = { type: 'aws:cloudformation:stack', properties: { templateFile: 'Shop.template.json' } };
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'Shop.template.json'), JSON.stringify(template));
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ artifacts: { Shop: artifact } }));
}
