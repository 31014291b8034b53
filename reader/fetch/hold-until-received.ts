import type { Release } from './call-slots.ts';

/**
 * So much of an answer is received although nobody reads it, in bytes. It is more than a page of the PIM's API has, so an
 * answer that the caller looks at by its status alone does not block a slot.
 */
const RECEIVED_AHEAD_BYTES = 8 * 1024 * 1024;

/**
 * The same response, with `release` called once its body has arrived, was cancelled or broke off: until then the PIM
 * is busy with the call.
 */
export function holdUntilReceived(response: Response, release: Release): Response {
  if (!response.body) {
    release();
    return response;
  }
  const ahead = new ByteLengthQueuingStrategy({ highWaterMark: RECEIVED_AHEAD_BYTES });
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({}, {}, ahead);
  // A body that breaks off fails for whoever reads `readable`; here only the slot counts.
  void response.body.pipeTo(writable).then(release, release);
  const { status, statusText, headers, url } = response;
  const received = new Response(readable, { status, statusText, headers });
  return Object.defineProperty(received, 'url', { value: url });
}
