import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from '../../local/aws/template';
import { Resolver } from './resolver';

/** A resource of the synthesized app; its properties have real values in place of intrinsic functions. */
export interface AppResource<Properties = Record<string, unknown>> {
  readonly logicalId: string;
  readonly type: string;
  /** The value of `Ref`. */
  readonly ref: string;
  readonly arn: string;
  readonly properties: Properties;
}

/** The synthesized app, as the models read it. It is plain data: it is sent to the workers. */
export interface App {
  readonly resources: readonly AppResource[];
  /** The resources of the version before the deployment. @default - the same */
  readonly before?: readonly AppResource[];
}

/**
 * Reads the synthesized app from its directory.
 *
 * @throws Error unless it has exactly one template.
 */
export function readApp(directory: string): App {
  const files = readdirSync(directory).filter((file) => file.endsWith('.template.json'));
  if (files.length !== 1)
    throw new Error(`the simulation needs one template in ${directory}, not ${files.length}`);
  return appOf(JSON.parse(readFileSync(join(directory, files[0] as string), 'utf8')));
}

export function appOf(template: Template): App {
  const resolver = new Resolver(template);
  const resources = Object.entries(template.Resources).map(([logicalId, { Type, Properties = {} }]) => ({
    logicalId,
    type: Type,
    ref: resolver.ref(logicalId),
    arn: resolver.arn(logicalId),
    properties: resolver.resolve(Properties) as Record<string, unknown>,
  }));
  return { resources };
}

/** The resources of a type, such as `AWS::SQS::Queue`. */
export function resourcesOf<Properties>({ resources }: App, type: string): AppResource<Properties>[] {
  return resources.filter((resource) => resource.type === type) as AppResource<Properties>[];
}

/** @throws Error unless the app has exactly one resource of the type. */
export function onlyResourceOf<Properties>(app: App, type: string): AppResource<Properties> {
  const [resource, ...others] = resourcesOf<Properties>(app, type);
  if (!resource || others.length > 0)
    throw new Error(
      `the simulation needs one ${type} in the template, not ${others.length + (resource ? 1 : 0)}`,
    );
  return resource;
}
