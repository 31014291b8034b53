import { withParameters } from '../activation/app-url.ts';
import type { BrowserKey, RandomText } from '../activation/flow.ts';
import type { Clock, PimDirectory } from '../activation/ports.ts';
import { type LoginResult, type Refused, refused, type ToApp } from '../activation/result.ts';
import { isMalformed } from '../pim/malformed.ts';
import { PimUrl, type PimUrlPolicy } from '../pim/pim-url.ts';
import { loginToItem } from '../tables/logins.ts';
import { CODE_LIFETIME_MS, type Login, type WaitingLogin } from './login.ts';
import { codePlace, seal, unseal, waitingPlace } from './seal.ts';
import type { PutLogin } from './verify-login.ts';

/** What is read of a request to `/login`. */
export interface LoginInput {
  /** The request's query, unmerged, so that repeated parameters are visible. */
  readonly parameters: URLSearchParams;
  /** From the browser's cookies, as far as they are usable. */
  readonly browserKeys: readonly BrowserKey[];
}

/** What handing over needs from the outside. */
export interface HandOverDeps {
  /** Takes a row away; what was sealed in it, if it was there in time. Of any number of callers one gets it. */
  readonly take: (id: string, now: number) => Promise<Uint8Array | undefined>;
  readonly put: PutLogin;
  readonly pims: PimDirectory;
  readonly pimUrlPolicy: PimUrlPolicy;
  readonly now: Clock;
  readonly random: RandomText;
}

/**
 * Answers an App that asks who has opened it in this browser, in this PIM: by a code, to the address in the PIM's row
 * and to no other. The code alone is worth nothing: the App redeems it with the verifier in its own session.
 *
 * @throws {ServiceError} when a table cannot be reached.
 * @see docs/logins.md
 */
export async function handOver(input: LoginInput, deps: HandOverDeps): Promise<LoginResult> {
  const question = readQuestion(input.parameters, deps.pimUrlPolicy);
  if (!question) return refused('login_request_malformed');
  const waiting = await takeWaiting(question.pim, input.browserKeys, deps);
  if (!waiting) return nobody(question, deps);
  const code = await waitForCode(waiting.login, question.codeChallenge, deps);
  const { clientId } = waiting.login;
  return answer('login_handed_over', question, { ...waiting, clientId, parameters: { code } });
}

/** What an App asks. */
interface Question {
  readonly pim: PimUrl;
  readonly state: string;
  readonly codeChallenge: string;
}

const PARAMETERS = ['pim_url', 'state', 'code_challenge', 'code_challenge_method'];

/** Visible ASCII, and no more than an address has room for. */
const STATE = /^[\x21-\x7e]{1,512}$/;

/** A SHA-256 in base64url. @see {@link https://www.rfc-editor.org/rfc/rfc7636#section-4.2 RFC 7636, section 4.2} */
const CODE_CHALLENGE = /^[\w-]{43}$/;

/** Exactly these parameters, each once: nobody gets two readings out of one request. */
function readQuestion(parameters: URLSearchParams, policy: PimUrlPolicy): Question | undefined {
  const names = [...parameters.keys()].toSorted();
  const [pimUrl = '', state = '', codeChallenge = '', method] = PARAMETERS.map((name) =>
    parameters.get(name),
  ).map((value) => value ?? '');
  const pim = PimUrl.parse(pimUrl, policy);
  const isWellFormed =
    names.join() === PARAMETERS.toSorted().join() &&
    STATE.test(state) &&
    CODE_CHALLENGE.test(codeChallenge) &&
    method === 'S256';
  return isWellFormed && !isMalformed(pim) ? { pim, state, codeChallenge } : undefined;
}

/** Nearly every browser has one key. */
async function takeWaiting(
  pim: PimUrl,
  browserKeys: readonly BrowserKey[],
  { take, now }: HandOverDeps,
): Promise<WaitingLogin | undefined> {
  for (const key of browserKeys) {
    const place = waitingPlace(key.reveal(), pim.toString());
    const sealed = await take(place.id, now());
    // The seal proves that callback wrote it.
    if (sealed) return unseal(sealed, place) as WaitingLogin;
  }
  return undefined;
}

/** @returns the code. */
async function waitForCode(
  login: Login,
  codeChallenge: string,
  { put, random, now }: HandOverDeps,
): Promise<string> {
  const code = random();
  const place = codePlace(code);
  const expiresAt = now() + CODE_LIFETIME_MS;
  await put(loginToItem({ id: place.id, sealed: seal(login, place), codeChallenge, expiresAt }));
  return code;
}

/** The App is told so at the same address, which here comes from the PIM's row as it is now. */
async function nobody(question: Question, { pims }: HandOverDeps): Promise<ToApp | Refused> {
  const { pim } = question;
  const registration = await pims.find(pim);
  if (!registration) return refused('pim_not_listed', { pim });
  const { clientId, redirectUrl } = registration;
  if (redirectUrl === undefined) return refused('login_not_set_up', { pim, clientId });
  const parameters = { error: 'login_required' };
  return answer('login_required', question, { redirectUrl, clientId, parameters });
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc9207 RFC 9207}, for `iss` */
function answer(
  code: ToApp['code'],
  { pim, state }: Question,
  to: {
    readonly redirectUrl: string;
    readonly clientId: string;
    readonly parameters: Readonly<Record<string, string>>;
  },
): ToApp {
  const parameters = { ...to.parameters, state, iss: pim.toString() };
  return {
    kind: 'answered',
    code,
    location: withParameters(to.redirectUrl, parameters),
    context: { pim, clientId: to.clientId },
  };
}
