import { attributeOf, type ConfirmedUser } from '../onboarding/confirmed-user';
import { userPlaceholders } from '../onboarding/placeholders';
import { stepFieldOf } from '../onboarding/step-field';
import { isStorable } from '../onboarding/storable';
import { expandTemplate, type Placeholders, type Template } from '../onboarding/template';
import { addressesOf } from './addresses';

/** What the placeholders of a record can take their values from. */
export interface RecordSource {
  readonly user: ConfirmedUser;
  readonly group?: string | null;
  readonly steps?: Readonly<Record<string, unknown>>;
  readonly now: Date;
}

/** The attributes of a user's record, in addition to its key: the templates with the user's values. */
export function recordAttributes(
  templates: Readonly<Record<string, Template>>,
  source: RecordSource,
): Record<string, unknown> {
  return expandTemplate(templates, recordPlaceholders(source)) as Record<string, unknown>;
}

function recordPlaceholders({ user, group, steps = {}, now }: RecordSource): Placeholders {
  const own = new Map<string, () => unknown>([
    ['username', () => user.username],
    ['now', () => now.toISOString()],
    ['addresses', () => addressesOf(attributeOf(user, 'address'))],
    ['group', () => group],
  ]);
  const ofUser = userPlaceholders(user);
  return (name) => {
    const field = stepFieldOf(name);
    if (field) return storable([field.step, ...field.path].reduce<unknown>(memberOf, steps));
    return own.has(name) ? own.get(name)?.() : ofUser(name);
  };
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

/** What DynamoDB could not hold becomes text: it must not cost the user their record. */
function storable(value: unknown): unknown {
  if (value === undefined || isStorable(value)) return value;
  return (typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed();
}
