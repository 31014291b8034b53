import { type Answer, json } from '../http/answer.ts';
import type { Exchange } from '../http/router.ts';

/**
 * `GET /connect/apps/v1/openid/public-key`: the certificate, for anyone who asks.
 *
 * @see docs/pim-contract.md §5
 */
export async function showPublicKey({ pim }: Exchange): Promise<Answer> {
  const { certificate } = await pim.openIdKeys.current();
  return json(200, { public_key: certificate });
}
