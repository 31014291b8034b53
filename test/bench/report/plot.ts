import type { ColdResult } from '../cold/measure.ts';
import type { ColdShares } from '../cold-share.ts';
import type { Results } from './results.ts';

const WIDTH = 760;
const LABELS = 250;
const ROW = 30;
const TOP = 56;
const BAR = 16;

/** Colours that keep a contrast of 3 to 1 on white and on black, for both themes of a reader. */
const READY = '#8a5fc7';
const FIRST = '#c9822b';
const TEXT = '#767b8c';

/** Cold starts as bars: ready, then the first response, with the quartiles of both together. */
export function plot({ cold, node, runs }: Results): string {
  const longest = Math.max(...cold.map(({ totalMs }) => totalMs.upper));
  const scale = (WIDTH - LABELS - 60) / longest;
  const height = TOP + cold.length * ROW + 12;
  const bars = cold.map((result, index) => row(result, TOP + index * ROW, scale));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title" font-family="system-ui,sans-serif" font-size="13">
<title id="title">Cold starts: milliseconds until the handler is ready and until its first response</title>
${legend(`medians of ${runs} starts on Node ${node}; whiskers: quartiles of the sum`)}
${bars.join('\n')}
</svg>
`;
}

/** The share of opens that meet a cold function, by opens a day, without the schedule and with it. */
export function plotColdShares(shares: readonly ColdShares[]): string {
  const bars = shares.flatMap(({ opensPerDay, ...simulated }, index) => {
    const y = TOP + index * (2 * ROW);
    const label = text(
      LABELS - 10,
      y + 20,
      `${opensPerDay.toLocaleString('en')} opens a day`,
      'end',
    );
    return [
      label,
      share(simulated.without.share, y, FIRST),
      share(simulated.with.share, y + BAR + 4, READY),
    ];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${TOP + shares.length * 2 * ROW}" role="img" aria-labelledby="title" font-family="system-ui,sans-serif" font-size="13">
<title id="title">Share of opens that meet a cold function, without and with the schedule, by opens a day</title>
${text(0, 16, 'Opens that meet a cold function', 'start', 'font-weight="600"')}
<rect x="${LABELS}" y="6" width="12" height="12" fill="${FIRST}"/>
${text(LABELS + 18, 16, 'without the schedule')}
<rect x="${LABELS + 170}" y="6" width="12" height="12" fill="${READY}"/>
${text(LABELS + 188, 16, 'kept warm')}
${bars.join('\n')}
</svg>
`;
}

function share(value: number, y: number, fill: string): string {
  const width = value * (WIDTH - LABELS - 60);
  return [
    `<rect x="${LABELS}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" fill="${fill}"/>`,
    text(LABELS + width + 8, y + 13, `${(value * 100).toFixed(1)} %`),
  ].join('\n');
}

function legend(note: string): string {
  return [
    text(0, 16, 'Cold start, ms', 'start', 'font-weight="600"'),
    `<rect x="${LABELS}" y="6" width="12" height="12" fill="${READY}"/>`,
    text(LABELS + 18, 16, 'handler ready'),
    `<rect x="${LABELS + 130}" y="6" width="12" height="12" fill="${FIRST}"/>`,
    text(LABELS + 148, 16, 'first response'),
    text(LABELS, 38, note),
  ].join('\n');
}

function row({ label, readyMs, totalMs }: ColdResult, y: number, scale: number): string {
  const x = (ms: number) => (LABELS + ms * scale).toFixed(1);
  const middle = y + BAR / 2;
  const width = (ms: number) => Math.max(ms * scale, 0).toFixed(1);
  return [
    text(LABELS - 10, y + 13, label, 'end'),
    `<rect x="${LABELS}" y="${y}" width="${width(readyMs.median)}" height="${BAR}" fill="${READY}"/>`,
    `<rect x="${x(readyMs.median)}" y="${y}" width="${width(totalMs.median - readyMs.median)}" height="${BAR}" fill="${FIRST}"/>`,
    `<path d="M${x(totalMs.lower)} ${middle}H${x(totalMs.upper)}M${x(totalMs.lower)} ${middle - 4}v8M${x(totalMs.upper)} ${middle - 4}v8" stroke="${TEXT}" stroke-width="1.5"/>`,
    text(Number(x(totalMs.upper)) + 8, y + 13, totalMs.median.toFixed(0)),
  ].join('\n');
}

function text(x: number, y: number, content: string, anchor = 'start', more = ''): string {
  const escaped = content.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<text x="${x}" y="${y}" fill="${TEXT}" text-anchor="${anchor}" ${more}>${escaped}</text>`;
}
