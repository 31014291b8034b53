import { type TokenRefusal, tokenRefusal } from '../../functions/pim/token-refusal.ts';

/** More than any refusal has; what is longer is no answer of the PIM's API. Bytes. */
const MAX_REFUSAL_BYTES = 16 * 1024;

/** Reads why a PIM refused a token, from its 401. The response stays readable for the caller. */
export async function readRefusal(response: Response): Promise<TokenRefusal> {
  return tokenRefusal(await textIfShort(response.clone()));
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
