import { PROGRAM } from '../operator-error.ts';
import { type Sent, send } from '../send.ts';

/** Corrects most of what can be wrong with the deployment itself. */
export const DEPLOY_AGAIN = `Deploy the stack again with \`npx cdk deploy\`, then: ${PROGRAM} doctor`;

/** Gets a URL once. The user agent is the doctor's own, by which its requests are found in a log. */
export function probe(url: URL, headers: Readonly<Record<string, string>> = {}): Promise<Sent> {
  return send(url, { headers: { 'user-agent': 'akeneo-app-activation-doctor', ...headers } });
}
