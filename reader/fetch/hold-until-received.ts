import type { Release } from './call-slots.ts';

/**
 * So much of an answer is received although nobody reads it, in bytes. It is more than a page of the PIM's API has, so an
 * answer that the caller looks at by its status alone does not block a slot.
 */
const RECEIVED_AHEAD_BYTES = 8 * 1024 * 1024;

/**
 * The same response, with `release` called once its body has arrived, was cancelled or broke off: until then the PIM
 * is busy with the call.
 *
 * An answer that cannot be copied is handed back itself. Its slot is free at once, because a body cannot be watched
 * without taking it out of its response.
 */
export function holdUntilReceived(response: Response, release: Release): Response {
  const ahead = new ByteLengthQueuingStrategy({ highWaterMark: RECEIVED_AHEAD_BYTES });
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({}, {}, ahead);
  const received = response.body && withBody(response, readable);
  if (!response.body || !received) {
    release();
    return response;
  }
  // A body that breaks off fails for whoever reads `readable`; here only the slot counts.
  void response.body.pipeTo(writable).then(release, release);
  return received;
}

/**
 * A copy with another body. `undefined` for what `fetch` lets in and the constructor does not: a status beyond 599, a
 * reason phrase beyond Latin-1. The PIM has carried such a call out as well.
 */
function withBody(response: Response, body: ReadableStream): Response | undefined {
  const { status, statusText, headers, url } = response;
  try {
    const copy = new Response(body, { status, statusText, headers });
    return Object.defineProperty(copy, 'url', { value: url });
  } catch {
    return undefined;
  }
}
