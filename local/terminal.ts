import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCancel, password, text as textPrompt } from '@clack/prompts';
import type { PimUrl } from '../functions/pim/pim-url.ts';
import { docs } from '../terminal/called.ts';
import { ours, plain, print } from '../terminal/printable.ts';
import { backEndEnvironment, pasteLines } from './back-end-environment.ts';
import { ENV_FILE } from './env-file.ts';
import type { LocalApp } from './local-app.ts';
import type { StartOptions } from './options.ts';

/** Prints for people: on standard error, with all escaped that is not ours. */
export function tell(text: string): void {
  print(process.stderr, `${text}\n`);
}

/** The App's credentials in a real PIM. */
interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * The App's credentials in a real PIM. The secret comes from `AKENEO_CLIENT_SECRET`, or is asked for without echo. It
 * never comes from the arguments, which every user of the machine can read.
 *
 * @param clientId asked for if absent.
 * @throws {Error} with what to do when something is missing and there is no terminal.
 */
export async function credentialsOf(clientId: string | undefined): Promise<Credentials> {
  const id = clientId ?? (await ask('client id', 'Give it with --client-id', textPrompt));
  const secret = process.env['AKENEO_CLIENT_SECRET'];
  if (secret) return { clientId: id, clientSecret: secret };
  return {
    clientId: id,
    clientSecret: await ask(`client secret of ${id}`, 'Set AKENEO_CLIENT_SECRET', password),
  };
}

async function ask(
  what: string,
  otherwise: string,
  prompt: typeof textPrompt | typeof password,
): Promise<string> {
  if (!process.stdin.isTTY)
    throw new Error(`${otherwise}: there is no terminal to ask for the ${what}.`);
  const answer = await prompt({
    message: plain(`The ${what}`),
    output: process.stderr,
    validate: (value) => (value ? undefined : 'The PIM shows it where the App is registered.'),
  });
  if (isCancel(answer)) throw new Error(`No ${what} was given.`);
  return answer;
}

/** Prints the two URLs that a real PIM wants before it hands out credentials. */
export function announceUrls(app: LocalApp, pim: PimUrl): void {
  tell(`
  Register the App in your PIM with exactly these two URLs (Connect > App Store > Create an App):

  Activate URL   ${app.activateUrl}
  Callback URL   ${app.callbackUrlOf(pim)}

  The PIM then shows the client id and the client secret.
`);
}

/** Prints what to register and what to open, with `--json` on standard output too. */
export function announce(app: LocalApp, pimUrl: string, options: StartOptions): void {
  const { activateUrl, loginUrl, dynamoDb, kms } = app;
  const callbackUrl = app.callbackUrlOf(pimUrl);
  const urls = { activateUrl, callbackUrl, ...(loginUrl !== undefined && { loginUrl }) };
  const ready = { ...urls, pimUrl, dynamodb: dynamoDb.address, kms: kms.address };
  tell(`
  ${PRODUCT.name} ${PRODUCT.version}

  Activate URL   ${activateUrl}
  Callback URL   ${callbackUrl}${loginLines(app, options)}
  Pages          ${app.url}/_pages
  DynamoDB       ${dynamoDb.address.endpoint}  (${options.data ?? 'in memory'}${rightsOf(options)})
  KMS            ${kms.address.endpoint}

  For a back end, in any language, paste into its terminal${fileOf(options)}:

${pasteLines(backEndEnvironment(app)).join('\n')}

  ${nextStep(options)}

  ${highlighted(`→ ${pimUrl}`)}

  Stop with Ctrl-C.
`);
  // Last: a program that reads this line may act on it at once.
  if (options.json) print(process.stdout, `${JSON.stringify(ready)}\n`);
}

const PRODUCT = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly name: string;
  readonly version: string;
};

/** Bold and in colour on a terminal, unless somebody has asked for no colours. */
function highlighted(text: string): string {
  const isPlain = !process.stderr.isTTY || process.env['NO_COLOR'];
  return isPlain ? text : `${ours('\u001b[1;36m')}${text}${ours('\u001b[0m')}`;
}

/** Windows ignores the modes with which the folder is kept from others. */
function rightsOf({ data }: StartOptions): string {
  if (data === undefined || process.platform !== 'win32') return '';
  return '; others may read it unless it is below your own user folder';
}

/** The file with the same lines, and the shortest way to use it. */
function fileOf({ data }: StartOptions): string {
  if (data === undefined) return '';
  const file = join(data, ENV_FILE);
  const option = `--env-file=${file}`;
  return `, or load ${file} (node ${/\s/.test(option) ? `"${option}"` : option} …)`;
}

function loginLines({ loginUrl }: LocalApp, { login }: StartOptions): string {
  if (!login) return '';
  return `
  Login URL      ${loginUrl}
  Your App       ${login.loginUrl}  (an example: ${docs('examples/greet-by-name.ts')})`;
}

function nextStep({ pim }: StartOptions): string {
  if (pim) return 'Register both URLs in your PIM, then click "Connect" there:';
  return 'Open the simulated PIM and click "Connect":';
}

/** What to do about an error that keeps `npm start` from starting. */
export function explain(error: unknown): string {
  return error instanceof Error ? error.message : 'It could not be started.';
}
