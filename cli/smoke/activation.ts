import type { OutcomeCode } from '../../functions/activation/outcomes.ts';
import { callbackUrlWith } from '../../functions/pim/callback-id.ts';
import { ClientSecret } from '../../functions/pim/credentials.ts';
import { wellFormed } from '../../functions/pim/malformed.ts';
import { parseUrl } from '../../functions/pim/parse-url.ts';
import type { PimUrl } from '../../functions/pim/pim-url.ts';
import { parseScope } from '../../functions/pim/scopes.ts';
import { parseJsonObject } from '../../functions/pim/send.ts';
import { simulatedSecret } from '../../functions/simulated-pim.ts';
import { docs } from '../../terminal/called.ts';
import { activationUrl } from '../doctor/pages.ts';
import { failure, type OperatorError } from '../operator-error.ts';
import { newCallbackId } from '../pims/urls.ts';
import { type Answer, send } from '../send.ts';
import type { Session } from '../session.ts';
import type { ConnectionRow } from '../stores/connection-table.ts';

/** The simulated PIM while it is listed. */
export interface ListedPim {
  readonly pim: PimUrl;
  /** The last part of the PIM's callback URL as well, by which the simulated PIM knows where to send a browser. */
  readonly clientId: string;
}

/** What the App asks for; the simulated PIM grants it all. */
export const SCOPES = parseScope('read_products write_categories');

/** Lists the simulated PIM as `pims add` does. The client id is the same each time, for functions that remember it. */
export async function list(pim: PimUrl, session: Session): Promise<ListedPim> {
  const { pims, clientSecrets, now } = session;
  const clientId = await newCallbackId(pim, pims);
  await clientSecrets.put(clientId, wellFormed(ClientSecret.parse(simulatedSecret(clientId))));
  await pims.add({
    pim: pim.toString(),
    clientId,
    appType: 'custom',
    scopes: SCOPES,
    callbackId: clientId,
    label: 'smoke',
    addedAt: now(),
    updatedAt: now(),
  });
  return { pim, clientId };
}

/** A browser without a window: it gives each host its cookies back, and goes nowhere by itself. */
class Browser {
  readonly #cookies = new Map<string, string>();

  async open(url: URL): Promise<Answer> {
    const headers = { accept: 'application/json', 'user-agent': USER_AGENT, ...this.#cookie(url) };
    const sent = await send(url, { headers });
    if (sent.kind === 'failed') throw failed(`${url.host} ${sent.reason}`);
    for (const line of sent.answer.headers['set-cookie'] ?? []) this.#keep(url, line);
    return sent.answer;
  }

  #keep({ host }: URL, line: string): void {
    const [pair = ''] = line.split(';');
    this.#cookies.set(`${host} ${pair.split('=')[0]}`, pair);
  }

  #cookie({ host }: URL): { cookie?: string } {
    const own = [...this.#cookies].filter(([key]) => key.startsWith(`${host} `));
    return own.length > 0 ? { cookie: own.map(([, pair]) => pair).join('; ') } : {};
  }
}

const USER_AGENT = 'akeneo-app-activation-smoke';

/** A person who opens the App in the simulated PIM, at the deployed URLs. */
export class SmokeUser {
  readonly #browser = new Browser();
  readonly #listed: ListedPim;
  readonly #session: Session;

  constructor(listed: ListedPim, session: Session) {
    this.#listed = listed;
    this.#session = session;
  }

  /**
   * Opens the App, and the PIM's authorize page that it redirects to.
   *
   * @returns where the PIM sends the browser then: the callback URL, with a code and the state.
   */
  async untilCallback(): Promise<URL> {
    const { pim } = this.#listed;
    const opened = await this.#browser.open(
      activationUrl(this.#session.stack.activateUrl, pim.toString()),
    );
    const authorize = redirect(opened, pim.at('/connect/apps/v1/authorize').href);
    return redirect(await this.#browser.open(authorize), this.#callbackUrl);
  }

  /** Opens a callback, and the page after it. @throws {OperatorError} unless that has the code. */
  async finish(callback: URL, code: OutcomeCode): Promise<void> {
    const page = redirect(await this.#browser.open(callback), this.#callbackUrl, callback);
    await this.expect(code, page);
  }

  /** @throws {OperatorError} unless the address is answered with the code. */
  async expect(code: OutcomeCode, url: URL): Promise<void> {
    const { status, body } = await this.#browser.open(url);
    const { code: actual } = parseJsonObject(body);
    if (actual !== code)
      throw failed(`${url.pathname} answered ${told(status, actual)}, not ${code}`);
  }

  get #callbackUrl(): string {
    return callbackUrlWith(this.#session.stack.callbackUrl, this.#listed.clientId);
  }
}

/** Where an answer redirects to, which has to be that page. Its query holds a code or a state, and is never told. */
function redirect({ status, headers, body }: Answer, page: string, base?: URL): URL {
  const location = headers['location']?.[0] ?? '';
  const target = parseUrl(location) ?? (base && location ? new URL(location, base) : undefined);
  if (target && target.origin + target.pathname === page) return target;
  const { code } = parseJsonObject(body);
  throw failed(`it was answered ${told(status, code)}, not sent to ${page}`);
}

function told(status: number, code: unknown): string {
  return typeof code === 'string' ? `${status} ${code}` : String(status);
}

function failed(message: string): OperatorError {
  return failure(
    message,
    `Look for the code in ${docs('runbook.md')}, and at the logs of the functions.`,
  );
}

/**
 * The row of the connection.
 *
 * @throws {OperatorError} when there is none.
 */
export async function connectionOf(
  { pim }: ListedPim,
  { connections }: Session,
): Promise<ConnectionRow> {
  for await (const row of connections.ofPim(pim.toString()))
    if (row.kind === 'connection') return row;
  throw failed('the table has no connection of the simulated PIM');
}
