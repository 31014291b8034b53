import type { Session } from '../session.ts';
import { colours } from '../terminal/colours.ts';
import type { Io } from '../terminal/io.ts';
import type { Lagging } from './lagging.ts';
import { notifiedJson, notifiedText } from './notified-view.ts';
import { type Notified, notifyPim } from './notify-pim.ts';

/**
 * Asks PIM after PIM and prints what each answers. For people, each line comes as soon as it is known; for programs,
 * the list comes whole, also when Ctrl-C ended it early.
 *
 * @throws the signal's reason after the PIM that is being asked, when it is aborted.
 */
export async function askPims(
  lagging: readonly Lagging[],
  json: boolean,
  session: Session,
  signal: AbortSignal,
): Promise<readonly Notified[]> {
  const results: Notified[] = [];
  for (const one of lagging) {
    if (signal.aborted) break;
    const result = await notifyPim(one, session.tokens);
    results.push(result);
    if (!json) printLine(result, session.io);
  }
  session.report(results.map(notifiedJson), '');
  signal.throwIfAborted();
  return results;
}

function printLine(result: Notified, { stdout, env }: Io): void {
  stdout.write(notifiedText(result, colours(stdout, env)));
}
