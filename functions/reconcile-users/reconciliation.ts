import * as v from 'valibot';
import { parse } from '../onboarding/parse';

const count = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0);

const COUNTS = {
  scanned: count,
  skipped: v.optional(v.record(v.string(), v.number()), {}),
  eligible: count,
  missing: count,
  outsideGroup: count,
  groupAdds: count,
  queued: count,
  notQueued: count,
};

const ReconciliationSchema = v.object({
  dryRun: v.optional(v.boolean(), false),
  all: v.optional(v.boolean(), false),
  scheduled: v.optional(v.boolean(), false),
  trigger: v.optional(v.object({ status: v.string() }), { status: 'NotAsked' }),
  paginationToken: v.optional(v.string()),
  pages: count,
  ...COUNTS,
});

/**
 * How many users of a page, or of all pages since the first execution: seen in the user pool, skipped (by
 * reason), eligible for onboarding, missing their record, with a record but outside the group (only counted
 * with `all`), sent to the retry queue, and not sent because too many messages wait there. `groupAdds` are
 * those that follow, or in a dry run would follow.
 */
export type Counts = v.InferOutput<v.ObjectSchema<typeof COUNTS, undefined>>;

/**
 * The progress of a reconciliation. `pages` counts the pages of this execution.
 *
 * With `dryRun`, nobody is queued. With `all`, users who have a record but are not in the group are queued as
 * well, and everybody where there is no group: somebody else may have written the record, or the group may be
 * new. The schedule sets `scheduled`.
 * `trigger` is passed on: the first execution has found out whether the user pool still has the trigger.
 * Without a `paginationToken`, the reconciliation begins or has ended.
 */
export type Reconciliation = v.InferOutput<typeof ReconciliationSchema>;

/** @throws InvalidInputError naming each wrong field. */
export function parseReconciliation(event: unknown): Reconciliation {
  return parse(ReconciliationSchema, event, 'a reconciliation');
}

/** The sum of what was counted so far and the counts of a page. */
export function addCounts(soFar: Counts, page: Counts): Counts {
  return {
    scanned: soFar.scanned + page.scanned,
    skipped: addReasons(soFar.skipped, page.skipped),
    eligible: soFar.eligible + page.eligible,
    missing: soFar.missing + page.missing,
    outsideGroup: soFar.outsideGroup + page.outsideGroup,
    groupAdds: soFar.groupAdds + page.groupAdds,
    queued: soFar.queued + page.queued,
    notQueued: soFar.notQueued + page.notQueued,
  };
}

function addReasons(...skipped: Counts['skipped'][]): Counts['skipped'] {
  const sums: Counts['skipped'] = {};
  for (const [reason, number] of skipped.flatMap(Object.entries)) sums[reason] = (sums[reason] ?? 0) + number;
  return sums;
}
