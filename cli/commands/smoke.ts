import { Command } from 'commander';
import type { PimUrl } from '../../functions/pim/pim-url.ts';
import { CALLED, deployWith } from '../../terminal/called.ts';
import { plain } from '../../terminal/printable.ts';
import { unfinished } from '../command-line.ts';
import { explainError } from '../explain-error.ts';
import { asArgument, failure, PROGRAM, usageError } from '../operator-error.ts';
import { onePim } from '../pims/pim-key.ts';
import type { DefineCommand, Session } from '../session.ts';
import { list } from '../smoke/activation.ts';
import { type Proof, proofsOf } from '../smoke/proofs.ts';
import { stackResources } from '../smoke/subject.ts';
import type { SimulatedPim } from '../stack.ts';
import { interruptible } from '../terminal/io.ts';
import { type Colours, colours } from '../terminal/text.ts';
import { forgetAll } from './connections-forget.ts';

const DEPLOY_STAGE = deployWith({ stage: 'development', simulatedPim: true });

const AFTER_HELP = `
Examples:
  ${PROGRAM} --stack AkeneoAppActivationDev smoke
  ${CALLED.appQuietly} --stack AkeneoAppActivationDev smoke --json

It connects the simulated PIM that the setting simulatedPim gives a development
stage, by the deployed URLs, tables, keys and roles, and prints a line for each
thing that this proves. It takes a minute or two, most of it waiting for
CloudWatch, and seven at most. On an emulator of AWS it says what that cannot
prove.

While it runs, the simulated PIM is listed, and anybody could connect it; at its
end, and after Ctrl-C, everything that it made is removed. After a kill, the
next run removes it. It needs the rights of the other commands with kms:Decrypt,
and cloudformation:ListStackResources, lambda:InvokeFunction,
sqs:ReceiveMessage, sqs:DeleteMessage, iam:SimulatePrincipalPolicy and
cloudwatch:GetMetricData. Exit status 1 when anything failed.
`;

/** Proves a deployment by a whole activation. */
export const smoke: DefineCommand = (open) =>
  new Command('smoke')
    .summary('prove a development stage by a whole activation')
    .description(
      'Connects the simulated PIM of a development stage, and says what the deployment proves by that.',
    )
    .addHelpText('after', AFTER_HELP)
    .action(async (_flags: unknown, command: Command) => prove(await open(command)));

async function prove(session: Session): Promise<void> {
  const simulatedPim = simulatedPimOf(session);
  const results = await interruptible(session.io, (signal) =>
    whileListed(simulatedPim, session, signal),
  );
  const failed = results.filter(({ result }) => result === 'failed').length;
  session.report(results.map(resultJson), closingText(results));
  if (failed > 0)
    throw failure(
      `${failed} of ${results.length} proofs failed.`,
      `Do what the lines marked ✗ say, then run again: ${PROGRAM} --stack ${asArgument(session.stack.name)} smoke`,
    );
}

/** @throws {OperatorError} when the stack has none, as production never has. */
function simulatedPimOf({ stack }: Session): SimulatedPim {
  if (stack.stage !== 'development')
    throw usageError(
      `${stack.name} is no development stage, and this lists a PIM that anybody could connect.`,
      `Deploy one: ${DEPLOY_STAGE}, then: ${PROGRAM} --stack AkeneoAppActivationDev smoke`,
    );
  if (stack.simulatedPim) return stack.simulatedPim;
  throw failure(
    `${stack.name} has no simulated PIM.`,
    `Deploy the stage with one, which takes its other settings, too: ${DEPLOY_STAGE}`,
  );
}

/** What an interrupted run has left is removed first, and what this one makes last, whatever happens. */
async function whileListed(
  { url, eventsQueue }: SimulatedPim,
  session: Session,
  signal: AbortSignal,
): Promise<readonly Result[]> {
  const pim = onePim(url, session);
  await forgetAll(pim, session);
  try {
    const listed = await list(pim, session);
    const { clients, stack } = session;
    const resources = await stackResources(clients.cloudFormation, stack.name);
    return await tryAll(
      proofsOf({ session, listed, resources, eventsQueue, signal }),
      session,
      signal,
    );
  } finally {
    await remove(pim, session);
  }
}

async function remove(pim: PimUrl, session: Session): Promise<void> {
  const again = `${PROGRAM} --stack ${asArgument(session.stack.name)} smoke`;
  await forgetAll(pim, session).catch((error: unknown) => {
    throw unfinished(error, `The next run removes it first: ${again}`);
  });
}

/** What became of a proof. */
interface Result {
  readonly proof: string;
  readonly result: 'proved' | 'not proved here' | 'failed';
  /** What was seen; never a state, a code, a cookie, a secret or a token. */
  readonly detail: string;
  readonly next?: string;
}

/** For people, each line comes as soon as it is known. After a failed activation there is nothing that could be proved. */
async function tryAll(
  [activation, ...others]: readonly [Proof, ...Proof[]],
  session: Session,
  signal: AbortSignal,
): Promise<readonly Result[]> {
  const first = await tried(activation, session);
  const results = [first];
  if (first.result === 'failed') return results;
  for (const proof of others) {
    signal.throwIfAborted();
    results.push(await tried(proof, session));
  }
  return results;
}

async function tried(proof: Proof, { io, isJson }: Session): Promise<Result> {
  const result = await resultOf(proof);
  if (!isJson) io.stdout.write(resultText(result, colours(io.stdout, io.env)));
  return result;
}

async function resultOf({ name: proof, notHere, prove: see }: Proof): Promise<Result> {
  if (notHere !== undefined) return { proof, result: 'not proved here', detail: notHere };
  try {
    return { proof, result: 'proved', detail: await see() };
  } catch (error) {
    const { kind, message, next } = explainError(error);
    if (kind === 'cancelled') throw error;
    return { proof, result: 'failed', detail: message, next };
  }
}

function resultText({ proof, result, detail, next }: Result, paint: Colours): string {
  const marks = { proved: paint.green('✓'), 'not proved here': '-', failed: paint.red('✗') };
  const line = `${marks[result]} ${paint.bold(proof)}  ${result}: ${plain(detail)}\n`;
  return next === undefined ? line : `${line}    next: ${plain(next)}\n`;
}

function resultJson({ next = '', ...result }: Result) {
  return { ...result, next: next === '' ? null : next };
}

function closingText(results: readonly Result[]): string {
  const proved = results.filter(({ result }) => result === 'proved').length;
  const removed = 'What was made for it is removed.';
  return proved === results.length
    ? `\nAll is proved. ${removed}\n`
    : `\n${proved} of ${results.length} are proved here. ${removed}\n`;
}
