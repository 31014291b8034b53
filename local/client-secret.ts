import { isCancel, password } from '@clack/prompts';

/**
 * The client secret of a real PIM: from `AKENEO_CLIENT_SECRET`, or asked for without echo. Never from the
 * arguments, which every user of the machine can read.
 *
 * @throws {Error} when there is neither, with what to do.
 */
export async function clientSecretOf(clientId: string): Promise<string> {
  const fromEnvironment = process.env['AKENEO_CLIENT_SECRET'];
  if (fromEnvironment) return fromEnvironment;
  if (!process.stdin.isTTY)
    throw new Error('Set AKENEO_CLIENT_SECRET: there is no terminal to ask for the client secret.');
  const answer = await password({
    message: `Client secret of ${clientId}`,
    output: process.stderr,
    validate: (value) => (value ? undefined : 'The PIM shows it next to the client id.'),
  });
  if (isCancel(answer)) throw new Error('No client secret was given.');
  return answer;
}
