import type { ResourceIdentity } from './template';

/** The parts of a resource's identity. The name comes from the template, or is `<stack>-<logical id>`. */
export interface Naming {
  readonly name: string;
  /** The port of the gateway. */
  readonly port: number;
}

/** A resource to create or to delete. */
export interface Resource<Properties = never> {
  /** The value of `Ref`. */
  readonly ref: string;
  /** The properties with every intrinsic function replaced. */
  readonly properties: Properties;
  /** Finds the directory of an asset by its key in the assets bucket. */
  readonly assetDirectory: (s3Key: string) => string;
}

/**
 * A CloudFormation type that the local cloud plays.
 *
 * @typeParam Services the services that create and delete it.
 */
export interface ResourceType<Services = unknown> {
  /** The property in which a template may name the resource. */
  readonly nameProperty?: string;
  /**
   * What other resources see of it. This is known before it is created.
   *
   * @default - nothing can refer to it
   */
  readonly identify?: (naming: Naming) => ResourceIdentity;
  /** @default - there is nothing to create */
  readonly create?: (services: Services, resource: Resource) => unknown;
  /** @default - it goes away with the resource that it belongs to */
  readonly delete?: (services: Services, resource: Resource) => unknown;
}

/** CloudFormation types by their name, such as `AWS::SQS::Queue`. */
export type ResourceTypes<Services = unknown> = Readonly<Record<string, ResourceType<Services>>>;
