import { percentile } from '../statistics/percentile';
import { type ColdStarts, chainTimes, LABELS, measuredVariants } from './cold-starts';

const WIDTH = 760;
const LEFT = 320;
const BAR = 22;
const GAP = 12;
const MEMORY = 512;

/** A picture of the cold chain at 512 MB: the time of Lambda's init, and the time of the handlers. */
export function plotColdStarts(coldStarts: ColdStarts): string {
  const { starts } = coldStarts;
  const rows = measuredVariants(coldStarts).map((variant) => {
    const selection = { variant, memory: MEMORY, init: 'full core' } as const;
    const load = percentile(
      chainTimes(starts, selection, ({ load }) => load),
      0.5,
    );
    const first = percentile(
      chainTimes(starts, selection, ({ first }) => first),
      0.5,
    );
    const together = percentile(chainTimes(starts, selection), 0.5);
    return { variant, label: LABELS[variant], load, first, together };
  });
  const scale = (WIDTH - LEFT - 90) / Math.max(...rows.map(({ load, first }) => load + first));
  const bars = rows.map(({ variant, label, load, first, together }, index) => {
    const y = 64 + index * (BAR + GAP);
    const weight = variant === 'ours' ? ' font-weight="bold"' : '';
    const middle = LEFT + load * scale;
    return [
      `<text x="${LEFT - 10}" y="${y + 16}" text-anchor="end"${weight}>${label}</text>`,
      `<rect x="${LEFT}" y="${y}" width="${round(load * scale)}" height="${BAR}" fill="#7aa6c2"/>`,
      `<rect x="${round(middle)}" y="${y}" width="${round(first * scale)}" height="${BAR}" fill="#d9730d"/>`,
      `<text x="${round(middle + first * scale + 8)}" y="${y + 16}"${weight}>${Math.round(together)} ms</text>`,
    ].join('\n');
  });
  const height = 64 + rows.length * (BAR + GAP) + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="14" fill="#24292f">
<title>Cold starts in a row at ${MEMORY} MB</title>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<text x="10" y="24" font-size="16" font-weight="bold">Cold starts in a row at ${MEMORY} MB</text>
<rect x="${LEFT}" y="38" width="12" height="12" fill="#7aa6c2"/><text x="${LEFT + 18}" y="49">load, in Lambda's init</text>
<rect x="${LEFT + 190}" y="38" width="12" height="12" fill="#d9730d"/><text x="${LEFT + 208}" y="49">first invocation</text>
${bars.join('\n')}
</svg>
`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
