import { type Sent, send } from '../http/send.ts';

export type { Answer } from '../http/send.ts';

/** Gets a URL; injected so that the checks name what they need. */
export type Probe = (url: URL, headers?: Readonly<Record<string, string>>) => Promise<Sent>;

/** Gets a URL once, under the doctor's own name, by which its requests are found in a log. */
export const probe: Probe = (url, headers = {}) =>
  send(url, { headers: { 'user-agent': 'akeneo-app-activation-doctor', ...headers } });
