/** This locale writes `2026-11-23 04:22:10`; the time zone is the one of this machine. */
const TIMESTAMP = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });

/** @param ms since 1970. */
export function formatTimestamp(ms: number): string {
  return TIMESTAMP.format(ms);
}

/** Writes a duration, given in ms, with up to two units: `634 ms`, `1.2 s`, `3 min 20 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** The name of this machine's time zone. A page without JavaScript shows its times in it. */
export const TIME_ZONE = TIMESTAMP.resolvedOptions().timeZone;

/** `1 retry`, `2 retries`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}
