import { count } from '../shared/format';

/** What the numbers of a reconciliation count, in the order in which a person wants to know them. */
const MEANINGS: Record<string, string> = {
  scanned: 'seen in the user pool',
  eligible: 'who can be onboarded',
  missing: 'without a record',
  outsideGroup: 'with a record, but outside the group',
  groupAdds: 'to be added to the group',
  queued: 'sent to the retry queue',
  notQueued: 'not sent, as the retry queue is full',
};

/** These say something even if nobody was found. */
const ALWAYS = ['missing', 'queued'];

/** The counts of a reconciliation in words: `2 users without a record`. */
export function countsInWords({ pages = 0, ...counts }: Readonly<Record<string, number>>): string[] {
  if (pages === 0) return [];
  const users = Object.entries(MEANINGS)
    .map(([name, meaning]) => ({ name, meaning, number: counts[name] ?? 0 }))
    .filter(({ name, number }) => number > 0 || ALWAYS.includes(name))
    .map(({ meaning, number }) => `${count(number, 'user')} ${meaning}`);
  return [`${count(pages, 'page')} read`, ...users];
}

/** Why users were skipped, in words: `1 never signed in`. */
export function reasonsInWords(skipped: Readonly<Record<string, number>>): string[] {
  return Object.entries(skipped).map(([reason, number]) => {
    const words = reason.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
    return `${number.toLocaleString('en-US')} ${words}`;
  });
}
