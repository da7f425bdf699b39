import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** What differs from one function of the onboarding to the next. */
export interface OnboardingFunctionProps {
  readonly description: string;
  readonly timeout: Duration;
  readonly environment: Record<string, string>;
}

/**
 * A Lambda function of `functions/`, found by its construct id: `AddUserToGroupFunction` runs
 * `dist/add-user-to-group/index.mjs`.
 */
export class OnboardingFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, props: OnboardingFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A role of its own, since the managed policy that CDK would attach may write to every log group.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    super(scope, id, {
      ...props,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(bundleOf(id)),
      // A cold start is bound by its share of a core. Three in a row, in Cognito's 5 s, were measured to take
      // 3.5 s at 128 MB and 1.7 s at most at 512 MB.
      memorySize: 512,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
    });
  }
}

function bundleOf(id: string): string {
  const name = id
    .replace(/Function$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase();
  const bundle = join(__dirname, '..', 'dist', name);
  if (!existsSync(join(bundle, 'index.mjs'))) {
    throw new Error(`no bundle for ${id} in ${bundle}: run \`npm run build\` first`);
  }
  return bundle;
}
