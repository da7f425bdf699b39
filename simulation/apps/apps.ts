import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App as CdkApp, Duration, Stack } from 'aws-cdk-lib';
import { StringAttribute, UserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { OnboardingStack } from '../../infra/onboarding-stack';
import { OnboardingGroup, UserOnboarding, type UserOnboardingProps } from '../../infra/user-onboarding';
import type { Template } from '../../local/aws/template';
import { type App, appOf } from '../app/app';

/** @param isNew whether this is the version after the deployment. */
type PropsOf = (stack: Stack, isNew: boolean) => UserOnboardingProps;

/** An existing user pool, which gets the trigger and the groups; a step, an event, and a group for a few. */
const everything: PropsOf = (stack, isNew) => ({
  userPool: UserPool.fromUserPoolId(stack, 'UserPool', 'us-east-1_Ab12Cd34E'),
  attachTrigger: true,
  requireVerifiedEmail: true,
  group: OnboardingGroup.byEmailDomain({ 'example.com': 'staff', 'example.org': 'partners' }),
  createGroups: true,
  steps: [{ name: 'CreateTenant', function: createTenantFunction(stack), attributes: ['email'] }],
  record: {
    key: { id: '<sub>' },
    attributes: {
      createdAt: '<now>',
      memberOf: '<group>',
      tenantId: '<CreateTenant.tenantId>',
      ...(isNew && { plan: '<custom:plan>' }),
    },
  },
  eventBus: new EventBus(stack, 'Events'),
});

/** A user pool of the same stack, whose users choose their groups. */
const groupByPlan: PropsOf = (stack, isNew) => {
  const customAttributes = { plan: new StringAttribute({ mutable: true }) };
  const userPool = new UserPool(stack, 'UserPool', { autoVerify: { email: true }, customAttributes });
  return {
    userPool,
    userPoolClient: userPool.addClient('Web'),
    group: OnboardingGroup.byAttribute(
      'custom:plan',
      { pro: 'professionals', free: 'customers' },
      { otherwise: 'customers', usersMayChoose: true },
    ),
    createGroups: true,
    record: {
      key: { PK: 'ACCOUNT#<sub>', SK: 'PROFILE' },
      attributes: { email: '<email>', memberOf: '<group>', ...(isNew && { address: '<address>' }) },
    },
  };
};

/** An existing user pool, and no group. */
const withoutGroup: PropsOf = (stack, isNew) => ({
  userPool: UserPool.fromUserPoolId(stack, 'UserPool', 'us-east-1_Ab12Cd34E'),
  attachTrigger: true,
  requireVerifiedEmail: true,
  group: OnboardingGroup.none(),
  record: { key: { id: '<sub>' }, attributes: { createdAt: '<now>', ...(isNew && { email: '<email>' }) } },
});

function createTenantFunction(stack: Stack): Lambda {
  const tenants = new Table(stack, 'Tenants', {
    partitionKey: { name: 'owner', type: AttributeType.STRING },
  });
  return new Lambda(stack, 'CreateTenantFunction', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    // The simulation runs the code of the folder create-tenant.
    code: Code.fromInline('exports.handler = async () => ({})'),
    timeout: Duration.seconds(20),
    environment: { TENANTS: tenants.tableName },
  });
}

/**
 * The apps that the worlds of a run have in turn. All but the default one have a version before, which asks for
 * one attribute less: a deployment in the middle of a world replaces it.
 *
 * @param bundles the directory with the bundles of the functions.
 */
export function synthesizeApps(bundles: string): App[] {
  const onboarding = synthesized(bundles, (app) => new OnboardingStack(app, 'App'));
  const others = [everything, groupByPlan, withoutGroup];
  return [onboarding, ...others.map((props) => withVersionBefore(bundles, props))];
}

function withVersionBefore(bundles: string, props: PropsOf): App {
  const version = (isNew: boolean) =>
    synthesized(bundles, (app) => {
      const stack = new Stack(app, 'App');
      new UserOnboarding(stack, 'Onboarding', props(stack, isNew));
    });
  return { ...version(true), before: version(false).resources };
}

function synthesized(bundles: string, build: (app: CdkApp) => void): App {
  const outdir = mkdtempSync(join(tmpdir(), 'simulated-app-'));
  try {
    const { context } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'cdk.json'), 'utf8'));
    const app = new CdkApp({
      context: { ...context, bundles },
      outdir,
      builtinCloudFormationValidation: false,
      analyticsReporting: false,
      treeMetadata: false,
    });
    build(app);
    return appOf(app.synth().getStackByName('App').template as Template);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
