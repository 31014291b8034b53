import { OPERATOR_NOTES, OUTCOMES } from '../functions/activation/outcomes.ts';
import { CALLED, docs } from '../terminal/called.ts';
import { plain } from '../terminal/printable.ts';
import type { ShownEvent } from './connection-events.ts';

/** What to do here. The pages and the runbook name commands of a deployment. */
const HINTS: Readonly<Record<string, string>> = {
  pim_not_listed: `Here one PIM is listed. For another: stop with Ctrl-C, then ${CALLED.devWith} --pim <address> --client-id <id>`,
  client_credentials_refused:
    'The client secret was mistyped, or the PIM has a new one. Stop with Ctrl-C, start again and give the present one.',
};

/** Below the time, so that the times stay a column. */
const BELOW = `\n${' '.repeat(10)}`;

/**
 * A line of the functions' JSON log for a person at a terminal:
 * `12:04:31  callback  connected  48 ms  http://localhost:3001`, with the time of this machine. A failure has below it
 * what it means and what to do.
 */
export function readableLine(line: string): string {
  const entry = JSON.parse(line) as Readonly<Record<string, unknown>>;
  const names = [
    'part',
    'language',
    'pim',
    'missingScopes',
    'pimStatus',
    'failure',
    'dependency',
    'errorName',
  ];
  const details = names.map((name) => entry[name]).filter((value) => value !== undefined);
  const duration = entry['Duration'] === undefined ? [] : [`${Number(entry['Duration'])} ms`];
  const time = timeOfDay(String(entry['timestamp']));
  return words(time, entry['Endpoint'], entry['message'], ...duration, ...details) + hints(entry);
}

/** An event for a person, with its JSON below it. */
export function readableEvent(event: ShownEvent): string {
  const { 'detail-type': type, detail } = event;
  return (
    words(timeOfDay(detail.at), 'event', type, detail.pim) + BELOW + plain(JSON.stringify(event))
  );
}

function words(...parts: readonly unknown[]): string {
  return parts.map((word) => plain(String(word))).join('  ');
}

function timeOfDay(timestamp: string): string {
  return new Date(timestamp).toLocaleTimeString('en-GB');
}

function hints({ message }: Readonly<Record<string, unknown>>): string {
  if (message === 'page_part_missing')
    return `${BELOW}next: see ${docs('runbook.md#incomplete-pages')}`;
  const code = Object.keys(OUTCOMES).find((one) => one === message) as
    | keyof typeof OUTCOMES
    | undefined;
  if (code === undefined || OUTCOMES[code].status < 400) return '';
  const next = HINTS[code] ?? `see ${docs(`runbook.md#${code}`)}`;
  return `${BELOW}${OPERATOR_NOTES[code].meaning}${BELOW}next: ${next}`;
}
