import { CfnResource, type Stack } from 'aws-cdk-lib';
import { renderedResource } from '../settings/rendered-resource';

/** Where a resource refers to another one of its stack. */
export interface Reference {
  /** The logical ID of the resource that is referred to. */
  readonly target: string;
  /** The place in the resource's template, such as `Properties.Environment.Variables.USER_POOL_ID`. */
  readonly place: string;
}

/** The resources of a stack by their logical IDs, each with what it refers to. */
export type ReferenceGraph = ReadonlyMap<
  string,
  { readonly path: string; readonly references: readonly Reference[] }
>;

/** Reads what the resources of a stack refer to, as CloudFormation will see it. */
export function referenceGraph(stack: Stack): ReferenceGraph {
  const resources = stack.node.findAll().filter(CfnResource.isCfnResource);
  const own = resources.filter((resource) => resource.stack === stack);
  return new Map(
    own.map((resource) => {
      const logicalId = String(stack.resolve(resource.logicalId));
      return [logicalId, { path: resource.node.path, references: referencesIn(renderedResource(resource)) }];
    }),
  );
}

/** Every `Ref`, `Fn::GetAtt`, `Fn::Sub` and `DependsOn` in a part of a template. */
export function referencesIn(value: unknown, place = '', isInFunction = false): Reference[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    // Inside an intrinsic function, the place stays that of the function.
    const inFunction = isInFunction || key.startsWith('Fn::');
    const inside = inFunction || place === '' ? place || key : `${place}.${key}`;
    return [
      ...targetsOf(key, member).map((target) => ({ target, place: place || key })),
      ...referencesIn(member, inside, inFunction),
    ];
  });
}

/** The resources that an intrinsic function or an attribute of a resource names. */
function targetsOf(key: string, value: unknown): string[] {
  const [first] = [value].flat();
  if (key === 'DependsOn') return [value].flat() as string[];
  if (typeof first !== 'string') return [];
  if (key === 'Ref') return [first];
  if (key === 'Fn::GetAtt') return [first.split('.')[0] ?? ''];
  if (key === 'Fn::Sub') return [...first.matchAll(/\$\{([A-Za-z0-9]+)/g)].map(([, name]) => name ?? '');
  return [];
}
