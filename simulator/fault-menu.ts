import type { Fault } from './faults.ts';
import type { PimContext } from './http/answers.ts';
import { bodyParameters, parameter } from './http/parameters.ts';

/** A fault that a person orders by hand, in words. No real PIM has this menu. */
interface OrderedFault {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly fault: Fault;
}

/** So often that no retry of an App gets past it. */
const ALWAYS = 9;
/** An App may start over once, because the next code is fine. */
const TWICE = 2;

/** In the order in which the page lists them. */
const MENU: readonly OrderedFault[] = [
  {
    name: 'slow',
    title: 'The PIM is slow',
    description: 'It takes 30 seconds to exchange the code.',
    fault: { at: 'token', kind: 'slow', ms: 30_000, times: ALWAYS },
  },
  {
    name: 'unreachable',
    title: 'The PIM cannot be reached',
    description: 'The connection breaks whenever the App asks for the token.',
    fault: { at: 'token', kind: 'reset', times: ALWAYS },
  },
  {
    name: 'error',
    title: 'The PIM answers 500',
    description: 'Whenever the App asks for the token.',
    fault: { at: 'token', kind: 'status', status: 500, times: ALWAYS },
  },
  {
    name: 'refused',
    title: 'The PIM refuses the request',
    description: 'As it would a request that an App has made wrong.',
    fault: { at: 'token', kind: 'refused', error: 'invalid_request', times: ALWAYS },
  },
  {
    name: 'wrong-secret',
    title: 'The client secret is wrong',
    description: 'The PIM has another one than the App.',
    fault: { at: 'token', kind: 'refused', error: 'invalid_client', times: ALWAYS },
  },
  {
    name: 'expired-code',
    title: 'The code has expired',
    description: 'The App asks for the token after 30 seconds, and once more when it starts over.',
    fault: { at: 'token', kind: 'expired-code', times: TWICE },
  },
  {
    name: 'disconnected',
    title: 'Somebody disconnects the App',
    description: 'After the code was issued, before the App asks for the token.',
    fault: { at: 'token', kind: 'disconnected' },
  },
  {
    name: 'forged-identity',
    title: 'The identity is forged',
    description: 'An id token that another key has signed, for an App that asks who opens it.',
    fault: { at: 'token', kind: 'forged-id-token', forgery: 'other-key' },
  },
  {
    name: 'slow-key',
    title: 'The key comes late',
    description: 'It takes 30 seconds to answer with the key that verifies id tokens.',
    fault: { at: 'public-key', kind: 'slow', ms: 30_000, times: ALWAYS },
  },
  {
    name: 'fewer-scopes',
    title: 'The PIM grants fewer scopes',
    description: 'Half of what the App asks for, as if it did not know the others.',
    fault: { at: 'authorize', kind: 'fewer-scopes' },
  },
  {
    name: 'denied',
    title: 'The PIM says no',
    description: 'It sends the browser back with an error. No real PIM does.',
    fault: { at: 'authorize', kind: 'sent-back', query: 'error=access_denied' },
  },
  {
    name: 'invented-code',
    title: 'The code is invented',
    description: 'The browser comes back with a code that the PIM has not issued.',
    fault: { at: 'authorize', kind: 'sent-back', query: `code=${'A'.repeat(86)}` },
  },
  {
    name: 'no-code',
    title: 'The code is none',
    description: 'The browser comes back with a text that cannot be a code.',
    fault: { at: 'authorize', kind: 'sent-back', query: 'code=no+code' },
  },
  {
    name: 'two-codes',
    title: 'There are two codes',
    description: 'The browser comes back with the same parameter twice.',
    fault: { at: 'authorize', kind: 'sent-back', query: 'code=abc&code=def' },
  },
];

/** `GET /rest/simulator/faults`: the menu, and what of it has not happened yet. */
export function showFaults(c: PimContext): Response {
  const { faults } = c.var.pim;
  const isOrdered = ({ fault }: OrderedFault) => faults.waiting.includes(fault);
  return c.json({
    faults: MENU.map(({ name, title, description }) => ({ name, title, description })),
    ordered: MENU.filter(isOrdered).map(({ title }) => title),
  });
}

/** `POST /rest/simulator/faults`: orders the fault of that name, in place of what was ordered. */
export async function orderFault(c: PimContext): Promise<Response> {
  const name = parameter(await bodyParameters(c), 'name');
  const ordered = MENU.find((one) => one.name === name);
  if (!ordered) return c.json({ message: 'There is no such fault.' }, 422);
  c.var.pim.faults.clear();
  c.var.pim.faults.order(ordered.fault);
  return showFaults(c);
}

/** `DELETE /rest/simulator/faults`: takes back what was ordered. */
export function clearFaults(c: PimContext): Response {
  c.var.pim.faults.clear();
  return showFaults(c);
}
