import { percentile } from '../statistics/percentile';

/** A table; the first column holds names, the others numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) =>
    Math.max(3, ...[head, ...rows].map((row) => (row[column] ?? cell).length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** @param value in ms. */
export function ms(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

/** The median of some times in ms, and the range in which eight of ten lie. */
export function spread(values: readonly number[]): string {
  const [low = 0, middle = 0, high = 0] = [0.1, 0.5, 0.9].map((share) =>
    Math.round(percentile(values, share)),
  );
  return `${middle} (${low}–${high})`;
}

export function ratio(value: number): string {
  return value.toFixed(2);
}

export function dollars(value: number): string {
  return `$${value.toFixed(2)}`;
}

export function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}
