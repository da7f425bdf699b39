import { type UnplayedProperty, unplayedIn } from '../aws/property-rules';
import type { ResourceType } from '../aws/resource-type';
import type { App } from './app';
import { Failures } from './failures';
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
        const { leftOut, refusals } = this.checked(resource);
        for (const path of leftOut) this.leftOut.add(resource.type, `${path} of `);
        if (refusals.length > 0) this.refused.add(resource.path);
        return refusals;
      });
  }

  /** The properties of a resource that do nothing here. */
  leftOutOf(resource: StackResource): string[] {
    return this.checked(resource).leftOut;
  }

  /** @throws Error for the properties that are refused. */
  assertPlayed(resource: StackResource): void {
    const failures = new Failures();
    for (const refusal of this.checked(resource).refusals) failures.add(refusal);
    if (failures.count > 0) throw failures.toError();
  }

  private checked(resource: StackResource): { leftOut: string[]; refusals: Error[] } {
    const unplayed = this.unplayedOf(resource);
    const leftOut = unplayed.filter(({ advice }) => advice === undefined);
    const refused = unplayed.filter(({ advice }) => advice !== undefined);
    return {
      leftOut: leftOut.map(({ path }) => path),
      refusals: refused.map((property) => errorOf(resource, property)),
    };
  }

  private unplayedOf(resource: StackResource): UnplayedProperty[] {
    const { properties: rules, isInert } = this.typeOf(resource.type);
    const properties = rules && propertiesOf(resource);
    if (!properties || isInert?.(properties as never)) return [];
    return unplayedIn(properties, rules);
  }
}

/** Undefined if they have no values: its creation says why. */
function propertiesOf(resource: StackResource): Record<string, unknown> | undefined {
  try {
    return resource.properties();
  } catch {
    return undefined;
  }
}

function errorOf({ path, type }: StackResource, property: UnplayedProperty): Error {
  const value = JSON.stringify(property.value);
  const shown = value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…` : value;
  return new Error(
    `${path}: the local cloud does not play the property ${property.path} of an ${type} (it is ${shown}): ${property.advice}`,
  );
}
