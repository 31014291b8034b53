import { withParameters } from '../activation/app-url.ts';
import type { Branding } from './branding.ts';
import { filled, type Html, html } from './html.ts';
import type { PageCode, Texts } from './language.ts';
import type { PageResult } from './write-answer.ts';

/** What a page means, told by colour, sign and word. */
export type Tone = 'success' | 'attention' | 'failure';

interface Look {
  readonly tone: Tone;
  /** Whether a new attempt helps. */
  readonly tryAgain?: true;
  /** Whether the PIM's page of the App need not be there: nobody has confirmed the App yet, or it was disconnected. */
  readonly mayBeDisconnected?: true;
}

/** What each page looks like and offers. */
export const LOOKS: Readonly<Record<PageCode, Look>> = {
  already_connected: { tone: 'success' },
  connection_shown: { tone: 'success' },
  opened_again: { tone: 'success' },
  rights_missing: { tone: 'attention' },
  shown_before: { tone: 'attention' },

  path_unknown: { tone: 'failure' },
  pim_url_missing: { tone: 'attention' },
  pim_url_repeated: { tone: 'failure' },
  pim_url_malformed: { tone: 'failure' },
  pim_not_listed: { tone: 'attention' },
  login_request_malformed: { tone: 'failure' },
  login_not_set_up: { tone: 'attention' },
  callback_parameter_repeated: { tone: 'failure' },
  state_malformed: { tone: 'attention' },
  state_unknown: { tone: 'attention' },
  browser_cookie_missing: { tone: 'attention' },
  browser_mismatch: { tone: 'attention' },
  callback_url_mismatch: { tone: 'failure' },
  flow_expired: { tone: 'attention', tryAgain: true },
  flow_already_used: { tone: 'attention', tryAgain: true },
  authorization_denied: { tone: 'attention', tryAgain: true, mayBeDisconnected: true },
  code_malformed: { tone: 'failure', tryAgain: true, mayBeDisconnected: true },

  pim_unreachable: { tone: 'failure', tryAgain: true },
  pim_timeout: { tone: 'failure', tryAgain: true },
  pim_unexpected_answer: { tone: 'failure', tryAgain: true },
  pim_refused_request: { tone: 'failure' },
  pim_refused_code: { tone: 'failure', tryAgain: true },
  pim_answer_lost: { tone: 'failure', tryAgain: true },
  code_unknown: { tone: 'failure', tryAgain: true },
  client_credentials_refused: { tone: 'failure' },
  client_secret_missing: { tone: 'failure' },
  token_ended: { tone: 'attention', tryAgain: true, mayBeDisconnected: true },
  token_not_saved: { tone: 'failure', tryAgain: true },
  store_unavailable: { tone: 'failure', tryAgain: true, mayBeDisconnected: true },
  internal_error: { tone: 'failure' },
};

/** What leads on from a page. */
export interface StepOptions {
  readonly branding: Branding;
  readonly texts: Texts;
  readonly requestId: string;
  /** How many levels the request's path lies below the endpoints' own. */
  readonly depth: number;
}

/** A link with its text. */
interface Link {
  readonly href: string;
  readonly text: string | Html;
}

/**
 * The buttons of a page, the best one first; there is at least one. Only a listed PIM is linked to: any other address is a
 * stranger's.
 */
export function steps(result: PageResult, options: StepOptions): readonly Link[] {
  const { tryAgain } = LOOKS[result.code];
  const [app, again, pim] = [
    openApp(result, options),
    newAttempt(result, options),
    backToPim(result, options),
  ];
  const support = LOOKS[result.code].tone === 'success' ? [] : contactSupport(result, options);
  const isHopeless = result.kind === 'refused' && !tryAgain;
  const found = isHopeless ? [...support, ...pim] : [...app, ...again, ...pim, ...support];
  return found.length > 0 ? found : [howToConnect(options)];
}

/** What a page links to at its end. */
export function footerLinks(result: PageResult, options: StepOptions): readonly Link[] {
  const { branding, texts } = options;
  const { documentationUrl: documentation, privacyUrl: privacy } = branding;
  return [
    ...(documentation === undefined
      ? []
      : [{ href: documentation, text: texts.button.documentation }]),
    ...(privacy === undefined ? [] : [{ href: privacy, text: texts.button.privacy }]),
    ...(LOOKS[result.code].tone === 'success' ? contactSupport(result, options) : []),
  ];
}

/** Where the App wants to tell of a failure by itself. Never for a PIM that is not listed: its user is a stranger. */
export function failureLocation(
  result: PageResult,
  { branding, requestId }: Pick<StepOptions, 'branding' | 'requestId'>,
): string | undefined {
  const pim = listedPim(result)?.pim.toString();
  if (result.kind !== 'refused' || pim === undefined || branding.failureUrl === undefined)
    return undefined;
  const parameters = { error: result.code, request_id: requestId, pim_url: pim };
  return withParameters(branding.failureUrl, parameters);
}

/** A client id is only known of a PIM that was looked up. */
function listedPim({ context: { pim, clientId } }: PageResult) {
  return pim && clientId !== undefined ? { pim, clientId } : undefined;
}

function openApp(result: PageResult, { branding, texts }: StepOptions): readonly Link[] {
  if (result.kind !== 'shown' || result.appUrl === undefined) return [];
  const href = withParameters(result.appUrl, { pim_url: result.context.pim?.toString() });
  const { openApp: text, openNamedApp } = texts.button;
  return [{ href, text: branding.name === undefined ? text : named(openNamedApp, branding.name) }];
}

/** Relative to the callback, so that it works under any stage or path. */
function newAttempt(result: PageResult, { depth, texts }: StepOptions): readonly Link[] {
  const listed = listedPim(result);
  if (!LOOKS[result.code].tryAgain || !listed) return [];
  const query = new URLSearchParams({ pim_url: listed.pim.toString() });
  return [
    { href: `${'../'.repeat(depth)}activate?${query.toString()}`, text: texts.button.tryAgain },
  ];
}

/**
 * The App's page in the PIM; the PIM itself where that page may not be there yet.
 *
 * @see docs/pim-contract.md §8
 */
function backToPim(result: PageResult, { texts }: StepOptions): readonly Link[] {
  const listed = listedPim(result);
  if (!listed) return [];
  const { pim, clientId } = listed;
  const { mayBeDisconnected } = LOOKS[result.code];
  const page = pim.at(`/connect/apps/v1/connected_app/${encodeURIComponent(clientId)}`);
  const { href } = mayBeDisconnected ? pim.at('/') : page;
  return [{ href, text: texts.button.backToPim }];
}

/** With all that support asks for first. */
function contactSupport(result: PageResult, options: StepOptions): readonly Link[] {
  const { branding, requestId, texts } = options;
  const { supportUrl, supportEmail, name } = branding;
  const pim = result.context.pim?.toString();
  const { contactSupport: text } = texts.button;
  if (supportUrl !== undefined) {
    const parameters = { result_code: result.code, request_id: requestId, pim_url: pim };
    return [{ href: withParameters(supportUrl, parameters), text }];
  }
  if (supportEmail === undefined) return [];
  const { label } = texts;
  const lines = [
    `${label.resultCode}: ${result.code}`,
    `${label.requestId}: ${requestId}`,
    ...(pim === undefined ? [] : [`${label.pim}: ${pim}`]),
  ];
  const subject = name === undefined ? result.code : `${name}: ${result.code}`;
  return [{ href: mailTo(supportEmail, subject, lines), text }];
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc6068 RFC 6068}: blanks are `%20`, line ends `%0D%0A` */
function mailTo(address: string, subject: string, lines: readonly string[]): string {
  const to = address.split('@').map(encodeURIComponent).join('@');
  const body = ['', '', ...lines, ''].join('\r\n');
  return `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}

/** Where nothing else is known: how people connect Apps, from the App's own pages or from Akeneo's. */
function howToConnect({ branding, texts }: StepOptions): Link {
  return { href: branding.documentationUrl ?? AKENEO_HELP, text: texts.button.howToConnect };
}

const AKENEO_HELP =
  'https://help.akeneo.com/pim/serenity/articles/how-to-connect-my-pim-with-apps.html';

/** The name of the App may be written in another direction than the text around it. */
export function named(text: string, app: string): Html {
  return filled(text, { app: html`<bdi>${app}</bdi>` });
}
