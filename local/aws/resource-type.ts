import type { ResourceIdentity } from './template';

/** What the identity of a resource is made of: the name is the one in the template, or `<stack>-<logical id>`. */
export interface Naming {
  readonly name: string;
  /** The gateway's. */
  readonly port: number;
}

/** A resource that is to be created or deleted. */
export interface Resource<Properties = never> {
  /** What `Ref` answers. */
  readonly ref: string;
  /** With every intrinsic function replaced. */
  readonly properties: Properties;
  /** The directory of an asset, by its key in the assets bucket. */
  readonly assetDirectory: (s3Key: string) => string;
}

/**
 * A CloudFormation type that the local cloud plays.
 *
 * @typeParam Services what creating and deleting need.
 */
export interface ResourceType<Services = unknown> {
  /** The property by which a template may name the resource. */
  readonly nameProperty?: string;
  /**
   * What other resources see of it, known before it is created.
   *
   * @default - nothing can refer to it
   */
  readonly identify?: (naming: Naming) => ResourceIdentity;
  /** @default - there is nothing to create */
  readonly create?: (services: Services, resource: Resource) => unknown;
  /** @default - it ends with what it belongs to */
  readonly delete?: (services: Services, resource: Resource) => unknown;
}

/** CloudFormation types by their name, such as `AWS::SQS::Queue`. */
export type ResourceTypes<Services = unknown> = Readonly<Record<string, ResourceType<Services>>>;
