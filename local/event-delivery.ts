import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ShownEvent } from './connection-events.ts';
import { LOCAL_REGION } from './store/aws-server.ts';

/** How long to wait before each further attempt, in milliseconds: a listener that is being restarted loses no event. */
const PAUSES_MS = [500, 1_000, 2_000, 4_000];

/**
 * Delivers events as a target of a rule gets them: to a file, one line of JSON each, or to an HTTP listener, one POST each,
 * in order.
 *
 * @param target a path, or an address that begins with `http`.
 * @param complain takes what to tell of an event that nobody has taken.
 * @see {@link https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html Structure of events}
 */
export function eventDelivery(
  target: string,
  complain: (problem: string) => void,
  pausesMs: readonly number[] = PAUSES_MS,
): (event: ShownEvent) => void {
  if (!isListener(target))
    return (event) => appendFileSync(target, `${JSON.stringify(enveloped(event))}\n`);
  let line = Promise.resolve();
  return (event) => {
    const body = JSON.stringify(enveloped(event));
    line = line.then(async () => {
      const problem = await post(target, body, pausesMs);
      if (problem !== undefined)
        complain(`warning: ${target} took no "${event['detail-type']}": ${problem}.`);
    });
  };
}

/** Whether a target is an address and not a file. */
export function isListener(target: string): boolean {
  return /^https?:\/\//i.test(target);
}

/** What EventBridge adds. */
function enveloped(event: ShownEvent): object {
  const { source, 'detail-type': type, detail } = event;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': type,
    source,
    account: '000000000000',
    time: detail.at,
    region: LOCAL_REGION,
    resources: [],
    detail,
  };
}

/** Why the listener has not taken it after all attempts; `undefined` if it has. */
async function post(
  url: string,
  body: string,
  pausesMs: readonly number[],
): Promise<string | undefined> {
  const problem = await attempt(url, body);
  const [wait, ...others] = pausesMs;
  if (problem === undefined || wait === undefined) return problem;
  await pause(wait, undefined, { ref: false });
  return post(url, body, others);
}

async function attempt(url: string, body: string): Promise<string | undefined> {
  try {
    const headers = { 'content-type': 'application/json' };
    const { ok, status } = await fetch(url, { method: 'POST', headers, body });
    return ok ? undefined : `it answered ${status}`;
  } catch {
    return 'it did not answer';
  }
}
