import type { CfnResource } from 'aws-cdk-lib';

/** A resource as its template has it, with all overrides. */
export interface RenderedResource {
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
}

/** Renders a resource as it is so far, by the only method that does, which the CDK's types leave out. */
export function renderedResource(resource: CfnResource): RenderedResource {
  const renderable = resource as unknown as { _toCloudFormation(): object };
  const { Resources } = resource.stack.resolve(renderable._toCloudFormation());
  return Object.values(Resources as Record<string, RenderedResource>)[0] ?? {};
}
