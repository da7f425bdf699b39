import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  type SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledge } from '../access/acknowledge';
import type { ResolvedSettings } from '../settings/onboarding-settings';
import { PACKAGE_ROOT } from '../settings/package-root';
import { refuseTooLargeEnvironment } from './environment-size';

/** The properties in which the functions of the onboarding differ. */
export interface OnboardingFunctionProps {
  readonly description: string;
  readonly timeout: Duration;
  readonly environment: Record<string, string>;
  /**
   * Which of Lambda's own lines are logged.
   *
   * @default SystemLogLevel.INFO
   */
  readonly systemLogLevelV2?: SystemLogLevel;
  readonly settings: ResolvedSettings;
}

/**
 * A Lambda function of `functions/`, found by its construct id: `AddUserToGroupFunction` runs
 * `dist/add-user-to-group/index.mjs`. The context value `bundles` names another directory than `dist`.
 */
export class OnboardingFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, { settings, ...props }: OnboardingFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: settings.logRetention,
      encryptionKey: settings.encryptionKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A separate role, because CDK would attach a managed policy that may write to every log group.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    acknowledge(role, 'IAM5[Resource::*]', 'X-Ray has no resources that a policy could name.');
    super(scope, id, {
      ...props,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(bundleOf(scope, id)),
      memorySize: settings.memorySize,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: settings.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
    });
    refuseTooLargeEnvironment(this);
  }

  /**
   * Adds to the role's own policy, for which the function waits, and so whatever calls the function.
   *
   * In an app with the feature flag `@aws-cdk/aws-lambda:createNewPoliciesWithAddToRolePolicy`, CDK would put
   * the statement into a policy for which nothing waits.
   */
  override addToRolePolicy(statement: PolicyStatement): void {
    this.role?.addToPrincipalPolicy(statement);
  }
}

function bundleOf(scope: Construct, id: string): string {
  const name = id
    .replace(/Function$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase();
  const bundles: string = scope.node.tryGetContext('bundles') ?? join(PACKAGE_ROOT, 'dist');
  const bundle = join(bundles, name);
  if (!existsSync(join(bundle, 'index.mjs'))) {
    throw new Error(`no bundle for ${id} in ${bundle}: run \`npm run build\` first`);
  }
  return bundle;
}
