import { type UnplayedProperty, unplayedIn } from '../aws/property-rules';
import type { ResourceType } from '../aws/resource-type';
import type { App } from './app';
import { NotPlayed } from './not-played';
import { StackResource } from './stack-resource';

/** Longer values are cut off in an error. */
const MAX_VALUE = 120;

/** Finds the properties that do not act as on AWS: it refuses those that matter, and counts the others. */
export class PropertyCheck {
  /** The paths of the resources that were refused. */
  readonly refused = new Set<string>();
  private readonly leftOut = new NotPlayed();

  constructor(private readonly typeOf: (type: string) => ResourceType<never>) {}

  /** Such as `TimeToLiveSpecification of 2 AWS::DynamoDB::Table`; empty if there is none. */
  get leftOutProperties(): string {
    return String(this.leftOut);
  }

  /** Checks every resource of an app, and answers an error for each property that is refused. */
  refusalsIn(app: App): Error[] {
    return app
      .withNested()
      .flatMap((stack) => stack.values.logicalIds().map((id) => new StackResource(stack, id)))
      .flatMap((resource) => {
        const unplayed = this.unplayedOf(resource);
        for (const { path, advice } of unplayed)
          if (advice === undefined) this.leftOut.add(resource.type, `${path} of `);
        const refused = unplayed.filter(({ advice }) => advice !== undefined);
        if (refused.length > 0) this.refused.add(resource.path);
        return refused.map((property) => errorOf(resource, property));
      });
  }

  /** @throws Error for a property that is refused. */
  assertPlayed(resource: StackResource): void {
    const refused = this.unplayedOf(resource).find(({ advice }) => advice !== undefined);
    if (refused) throw errorOf(resource, refused);
  }

  private unplayedOf(resource: StackResource): UnplayedProperty[] {
    const type = this.typeOf(resource.type);
    if (!type.properties) return [];
    try {
      const properties = resource.properties();
      return type.isInert?.(properties as never) ? [] : unplayedIn(properties, type.properties);
    } catch {
      // Its creation says why the properties have no values.
      return [];
    }
  }
}

function errorOf({ path, type }: StackResource, property: UnplayedProperty): Error {
  const value = JSON.stringify(property.value);
  const shown = value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…` : value;
  return new Error(
    `${path}: the local cloud does not play the property ${property.path} of an ${type} (it is ${shown}): ${property.advice}`,
  );
}
