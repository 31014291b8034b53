import type { Colours } from '../terminal/colours.ts';
import { plain } from '../terminal/plain.ts';
import type { Lagging } from './lagging.ts';
import type { Notified } from './notify-pim.ts';
import { NOTIFY_OUTCOMES } from './outcome.ts';

/** A lagging PIM and its missing scopes, on one line. */
export function laggingText({ connection, missing }: Lagging): string {
  return plain(`${connection.pim} (client id ${connection.clientId}) lacks ${missing.join(' ')}`);
}

/** What asking one PIM came to, for people. */
export function notifiedText({ lagging, outcome, detail }: Notified, paint: Colours): string {
  const { next } = NOTIFY_OUTCOMES[outcome];
  const mark = next === undefined ? paint.green('✓') : paint.red('✗');
  const line = `${mark} ${paint.bold(plain(lagging.connection.pim))}  ${plain(detail)}: ${plain(lagging.missing.join(' '))}\n`;
  return next === undefined ? line : `${line}    next: ${next}\n`;
}

/** What asking one PIM came to, for programs. */
export function notifiedJson({ lagging, outcome }: Notified) {
  const { connection, missing } = lagging;
  return { pim: connection.pim, clientId: connection.clientId, missingScopes: missing, outcome };
}
