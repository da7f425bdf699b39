import type { Fault } from '../schedule/fault';
import { formatTime } from '../world/story';

/** A fault in words. */
export function describeFault({ kind, on, error, time, input, probability, from, until }: Fault): string {
  const what = [
    kind,
    on && `of ${on}`,
    error && `(${error})`,
    time !== undefined && `by ${time} ms`,
    input && `with ${input}`,
  ];
  const share = probability < 1 ? `, ${Math.round(probability * 100)} %` : '';
  return `${formatTime(from)} to ${formatTime(until)}  ${what.filter(Boolean).join(' ')}${share}`;
}
