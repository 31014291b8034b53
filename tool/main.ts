#!/usr/bin/env node
/** `akeneo-app`: everything that developers and operators of an App run. */
import { run } from '../cli/run.ts';
import { processIo } from '../cli/terminal/process-io.ts';

/** A command that runs on this machine alone, and is loaded when it is asked for. */
interface LocalCommand {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<(argv: readonly string[]) => Promise<void>>;
}

const LOCAL: readonly LocalCommand[] = [
  {
    name: 'dev',
    summary: 'run the activation and a simulated PIM on this machine',
    load: async () => (await import('../local/start.ts')).dev,
  },
  {
    name: 'demo',
    summary: 'let a PIM user connect, open and disconnect the App; check every step',
    load: async () => (await import('../local/demo.ts')).demo,
  },
  {
    name: 'init',
    summary: 'write a CDK app with the activation, a back end, and a test',
    load: async () => (await import('./init.ts')).init,
  },
];

/** The SDK's notice about future Node versions is not for operators, who take every line as being about their stack. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

async function main(argv: readonly string[]): Promise<void> {
  // "help dev" means "dev --help".
  const words = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
  const local = LOCAL.find(({ name }) => name === words[0]);
  if (local) return (await local.load())(words.slice(1));
  const exit = await run(argv, { io: processIo(process), now: Date.now, others: LOCAL });
  process.exitCode = exit;
}

void main(process.argv.slice(2));
