import { activateEvent, callbackEvent } from './events.ts';
import type { Calls } from './services/services.ts';

/** One request, and what has to become of it. */
export interface Work {
  /** JSON of the event. */
  readonly event: string;
  readonly status: number;
  /** The beginning of the answer's `Location`. */
  readonly location?: string;
  /** Set where the `Location` has to carry a `state`, as it begins a flow. */
  readonly beginsFlow?: true;
  /** The calls of services that one cold request makes. */
  readonly calls: Calls;
}

/** The path of a PIM's token endpoint, which names the call of it. */
export const TOKEN = '/connect/apps/v1/oauth2/token';

const BATCH_GET = 'DynamoDB_20120810.BatchGetItem';
const PUT = 'DynamoDB_20120810.PutItem';
const UPDATE = 'DynamoDB_20120810.UpdateItem';
const GET = 'DynamoDB_20120810.GetItem';
const DECRYPT = 'TrentService.Decrypt';
const ENCRYPT = 'TrentService.Encrypt';

/** Where a PIM asks its user; `services` is where AWS and the PIM answer. */
export function authorizePage(services: string): string {
  return `${services}/connect/apps/v1/authorize?`;
}

/** What our endpoints do, however they are built. */
export function endpointWork(
  services: string,
): Readonly<Record<'activate' | 'callback' | 'openAgain', Work>> {
  const connected = { status: 303, location: '?flow=' };
  return {
    activate: {
      event: activateEvent(services),
      status: 302,
      location: authorizePage(services),
      beginsFlow: true,
      calls: { [BATCH_GET]: 1, [PUT]: 1 },
    },
    callback: {
      ...connected,
      event: callbackEvent('connect'),
      calls: { [UPDATE]: 2, [GET]: 1, [DECRYPT]: 1, [TOKEN]: 1, [ENCRYPT]: 1 },
    },
    openAgain: {
      ...connected,
      event: callbackEvent('openAgain'),
      calls: { [UPDATE]: 2, [GET]: 1, [DECRYPT]: 1, [TOKEN]: 1 },
    },
  };
}
