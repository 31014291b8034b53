/** The PIM's words for a token that is unknown to it, and what it adds when the App was disconnected. */
const INVALID_TOKEN = 'The access token provided is invalid.';
const DISCONNECTED = 'Your app has been disconnected from that PIM.';

/** More than any refusal has; what is longer is no answer of the PIM's API. Bytes. */
const MAX_REFUSAL_BYTES = 16 * 1024;

/** What a 401 means: the App was disconnected, the token is unknown, or something else, such as a proxy, refused. */
export type Refusal = 'app-disconnected' | 'token-unknown' | 'other';

/**
 * Reads why a PIM refused a token. The response stays readable for the caller.
 *
 * @see docs/pim-contract.md §6
 */
export async function readRefusal(response: Response): Promise<Refusal> {
  const message = messageIn(await textIfShort(response.clone()));
  if (!message.startsWith(INVALID_TOKEN)) return 'other';
  return message.includes(DISCONNECTED) ? 'app-disconnected' : 'token-unknown';
}

/** The whole text if it is as short as a refusal, else an empty one. */
async function textIfShort({ body }: Response): Promise<string> {
  const reader = body?.getReader();
  const chunks: Uint8Array[] = [];
  for (let bytes = 0; bytes <= MAX_REFUSAL_BYTES; ) {
    const chunk = await reader?.read();
    if (!chunk?.value) return Buffer.concat(chunks).toString('utf8');
    chunks.push(chunk.value);
    bytes += chunk.value.length;
  }
  // Not awaited: it settles only when the caller, too, is done with the other copy of the body.
  void reader?.cancel();
  return '';
}

function messageIn(body: string): string {
  try {
    const answer: unknown = JSON.parse(body);
    const hasMessage = typeof answer === 'object' && answer !== null && 'message' in answer;
    return hasMessage && typeof answer.message === 'string' ? answer.message : '';
  } catch {
    return '';
  }
}
