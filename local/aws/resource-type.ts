import type { Environment } from './environment';
import type { PropertyRules } from './property-rules';
import type { ResourceIdentity } from './template';

/** The parts of a resource's identity. The name comes from the template, or is `<stack>-<logical id>`. */
export interface Naming {
  readonly name: string;
  /** The port of the gateway. */
  readonly port: number;
  /** The account and region of the stack. */
  readonly environment: Environment;
  /** A property of the resource, with its intrinsic functions replaced. */
  readonly property: (name: string) => unknown;
}

/** A resource to create or to delete. */
export interface Resource<Properties = never> {
  /** The value of `Ref`. */
  readonly ref: string;
  /** The attribute `Arn`; empty if it has none. */
  readonly arn: string;
  /** The account and region of the stack. */
  readonly environment: Environment;
  /** The properties with every intrinsic function replaced. */
  readonly properties: Properties;
  /** Finds the directory or file of an asset by its key in the assets bucket. */
  readonly assetPath: (s3Key: string) => string;
}

/**
 * A CloudFormation type that the local cloud knows.
 *
 * @typeParam Services the services that create and delete it.
 */
export interface ResourceType<Services = unknown> {
  /** The property in which a template may name the resource. */
  readonly nameProperty?: string;
  /**
   * The end of every generated name, by the resource's properties.
   *
   * @default - none
   */
  readonly nameEnding?: (property: Naming['property']) => string;
  /**
   * The most characters that AWS allows in its name. A generated name is shortened to it.
   *
   * @default 255
   */
  readonly maxNameLength?: number;
  /**
   * What other resources see of it. This is known before it is created.
   *
   * @default - its name, and ARNs made of it
   */
  readonly identify?: (naming: Naming) => ResourceIdentity;
  /**
   * Whether AWS would do something with it that the local cloud does not do.
   *
   * @default - the local cloud plays it
   */
  readonly isInert?: (properties: never) => boolean;
  /**
   * What the local cloud does with its properties. Every type that is created has this.
   *
   * @default - its properties do nothing
   */
  readonly properties?: PropertyRules;
  /** @default - there is nothing to create */
  readonly create?: (services: Services, resource: Resource) => unknown;
  /**
   * Takes on another version of a resource while the local cloud runs. It keeps the data of the resource.
   *
   * @param hasNewProperties false if only its files may have changed.
   * @returns whether something changed.
   * @default - a resource stays as it was created
   */
  readonly update?: (
    services: Services,
    resource: Resource,
    hasNewProperties: boolean,
  ) => boolean | Promise<boolean>;
  /** @default - it goes away with the resource that it belongs to */
  readonly delete?: (services: Services, resource: Resource) => unknown;
}

/** CloudFormation types by their name, such as `AWS::SQS::Queue`. */
export type ResourceTypes<Services = unknown> = Readonly<Record<string, ResourceType<Services>>>;
