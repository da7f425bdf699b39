import { REGION } from './aws/environment';
import type { Template } from './aws/template';
import { App } from './cloudformation/app';
import type { CloudAssembly } from './cloudformation/cloud-assembly';
import { Deployment } from './cloudformation/deployment';
import { type AppUpdate, updateApp } from './cloudformation/update/app-update';
import type { Guests } from './gateway/front-door';
import { Gateway } from './gateway/gateway';
import type { Iam } from './iam/iam';
import { resourceTypeOf } from './resource-types';
import { routesTo } from './routes';
import { type ServiceOptions, type Services, startServices } from './services';
import type { Execution } from './step-functions/execution';

/** The options of a local cloud. */
interface LocalCloudOptions extends ServiceOptions {
  /**
   * The app to deploy at the start.
   *
   * @default - none; `deploy` can deploy one later
   */
  readonly assembly?: CloudAssembly;
  /**
   * Whether to refuse an app with something in it that is not played.
   *
   * @default false
   */
  readonly strict?: boolean;
  /** 0 for any free port. */
  readonly port: number;
  /**
   * Web pages and host names that may call the local cloud, too.
   *
   * @default - none
   */
  readonly guests?: Guests;
}

/** AWS on this machine, for one synthesized app. */
export class LocalCloud {
  private deployment?: Deployment<Services>;

  private constructor(
    private readonly gateway: Gateway,
    private readonly services: Services,
    private readonly strict: boolean,
  ) {}

  /** The address for SDKs, the AWS CLI and browsers. */
  get endpoint(): string {
    return this.gateway.endpoint;
  }

  /** Oldest first; only the newest Express executions are kept. */
  get executions(): readonly Execution[] {
    return this.services.stepFunctions.executions;
  }

  /** Knows what IAM has decided so far, and which permissions are unused. */
  get iam(): Iam {
    return this.services.iam;
  }

  /** Takes the roles, policies and permissions of the first stack from another version of its template. */
  updateAccess(template: Template): void {
    const [first, ...others] = this.deployment?.app.withNested() ?? [];
    if (first) this.services.iam.load([{ template, values: first.values }, ...others]);
  }

  /** @throws Error that names a resource that the local cloud does not know, or a port that is in use. */
  static async start({
    assembly,
    strict = false,
    port,
    guests,
    ...options
  }: LocalCloudOptions): Promise<LocalCloud> {
    const gateway = await Gateway.listen(port, guests);
    const services = await startServices(gateway, options).catch(async (error) => {
      await gateway.close();
      throw error;
    });
    const cloud = new LocalCloud(gateway, services, strict);
    gateway.serve(routesTo(services, () => cloud.outputs));
    try {
      if (assembly) await cloud.deploy(assembly);
      return cloud;
    } catch (error) {
      await cloud.close();
      throw error;
    }
  }

  get hasStateMachines(): boolean {
    return this.services.stepFunctions.stateMachines.length > 0;
  }

  /** The region of the app: that of its first stack. */
  get region(): string {
    return this.deployment?.app.stacks[0]?.artifact.environment.region ?? REGION;
  }

  /** The outputs of each stack, by its name; by its path in the app if stacks share a name. */
  get stackOutputs(): Record<string, Record<string, string>> {
    return this.deployment?.outputs ?? {};
  }

  /** The outputs of all stacks. Where two stacks have an output of the same name, this is the first one's. */
  get outputs(): Record<string, string> {
    return Object.assign({}, ...Object.values(this.stackOutputs).toReversed());
  }

  /** What a person who starts this app has to know. */
  get notes(): readonly string[] {
    return this.deployment?.notes ?? [];
  }

  /**
   * Creates the stacks of an app.
   *
   * @throws Error that names a resource that the local cloud does not know or could not create, or if an app
   * is already deployed.
   */
  async deploy(assembly: CloudAssembly): Promise<void> {
    if (this.deployment) throw new Error('the local cloud runs one app: destroy it before the next one');
    const { services } = this;
    const { customResources, iam } = services;
    const app = new App(assembly, this.gateway.port, resourceTypeOf);
    const deployment = new Deployment(app, {
      typeOf: resourceTypeOf,
      services,
      customResources,
      strict: this.strict,
      servicesNotPlayed: () => services.cognito.notPlayed,
    });
    iam.load(app.withNested());
    await deployment.create();
    this.deployment = deployment;
  }

  /**
   * Takes on another version of the app that runs. Users, queues and tables stay.
   *
   * @throws Error if no app is deployed, or this one cannot be read.
   */
  async update(assembly: CloudAssembly): Promise<AppUpdate> {
    if (!this.deployment)
      throw new Error('the local cloud runs no app that could be updated: deploy one first');
    const app = new App(assembly, this.gateway.port, resourceTypeOf);
    this.services.iam.load(app.withNested());
    return updateApp(this.deployment, app);
  }

  /**
   * Deletes the stacks, except the resources that their templates retain.
   *
   * @throws Error with the reason why a resource could not be deleted; the rest of the app then stays.
   */
  async destroy(): Promise<void> {
    await this.deployment?.delete();
    this.deployment = undefined;
  }

  /** Starts execution environments of a function until `count` exist, like provisioned concurrency on AWS. */
  provisionConcurrency(functionName: string, count: number): Promise<void> {
    return this.services.lambda.provisionConcurrency(functionName, count);
  }

  /** The names of the stack's functions. */
  get functionNames(): readonly string[] {
    return this.services.lambda.functionNames;
  }

  /** Ends executions and the functions' processes, and closes the endpoint. */
  async close(): Promise<void> {
    await closeServices(this.services);
    await this.gateway.close();
  }
}

async function closeServices(services: Services): Promise<void> {
  const { asynchronous, eventSourceMappings, stepFunctions, lambda, sqs } = services;
  asynchronous.close();
  for (const mapping of eventSourceMappings.values()) mapping.stop();
  stepFunctions.close();
  await lambda.close();
  await sqs.close();
}
