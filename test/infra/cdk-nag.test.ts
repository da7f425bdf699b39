import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack, Validations } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { UserOnboarding, type UserOnboardingProps } from '../../infra/user-onboarding';
import { testApp } from '../support/stack';

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

/** @returns the findings of the AwsSolutions rules that are not acknowledged, as `<rule> <construct>`. */
function objectionsTo(propsOf: (stack: Stack) => UserOnboardingProps): string[] {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  new UserOnboarding(stack, 'Onboarding', propsOf(stack));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const file = join(app.outdir, 'validation-report.json');
  // Synthesis fails for an error, but not for a warning.
  try {
    app.synth();
  } catch (error) {
    if (!existsSync(file)) throw error;
  }
  const { pluginReports }: Report = JSON.parse(readFileSync(file, 'utf8'));
  return pluginReports.flatMap(({ violations }) => {
    return violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );
  });
}

test.each<[string, (stack: Stack) => UserOnboardingProps]>([
  ['everything is created', () => ({})],
  [
    'a customer managed key encrypts it',
    (stack) => ({ encryptionKey: new Key(stack, 'Key', { enableKeyRotation: true }) }),
  ],
  [
    'everything exists already',
    (stack) => ({
      userPool: UserPool.fromUserPoolId(stack, 'UserPool', 'us-east-1_Ab12Cd34E'),
      requireVerifiedEmail: true,
      table: Table.fromTableName(stack, 'Table', 'users'),
    }),
  ],
  [
    'there are a step and an event bus',
    (stack) => ({
      steps: [
        {
          name: 'CreateTenant',
          function: LambdaFunction.fromFunctionName(stack, 'CreateTenant', 'create-tenant'),
        },
      ],
      eventBus: EventBus.fromEventBusName(stack, 'Events', 'shop'),
    }),
  ],
  [
    'the trigger is attached',
    (stack) => ({
      userPool: UserPool.fromUserPoolId(stack, 'UserPool', 'us-east-1_Ab12Cd34E'),
      requireVerifiedEmail: true,
      attachTrigger: true,
    }),
  ],
])('the AwsSolutions rules have no objection when %s', (_, propsOf) => {
  expect(objectionsTo(propsOf)).toEqual([]);
});
