/** `npm run demo`: the whole flow over HTTP, without a browser, on free ports. */
import { parseScope } from '../functions/pim/scopes.ts';
import { CALLED, isStarted } from '../terminal/called.ts';
import { print } from '../terminal/printable.ts';
import { journey, type Summary, stepTeller } from './journey.ts';
import { startLocalApp } from './local-app.ts';
import { refuseSwallowed, safeCommand } from './options.ts';
import { startSimulator } from './simulator.ts';

const SCOPES = parseScope('read_catalog_structure read_products write_categories');

const tell = (line: string): void => {
  print(process.stdout, `${line}\n`);
};

async function play(): Promise<Summary> {
  const step = stepTeller(tell);
  const app = await step('The App is running', () => startLocalApp({ port: 0, log: () => {} }));
  const simulator = await step('A simulated PIM is running and knows the App', () =>
    startSimulator(app, { port: 0, scopes: SCOPES }),
  );
  try {
    return await journey(app, simulator, step);
  } finally {
    await simulator.pim.close();
    await app.close();
  }
}

/** Plays the whole flow. Sets status 1 when a step fails, and ends the process when the arguments are wrong. */
export async function demo(argv: readonly string[]): Promise<void> {
  const command = safeCommand(CALLED.demo)
    .description('Play a PIM user who connects, opens and disconnects the App; check every step.')
    .option('--json', 'print a summary as the last line');
  refuseSwallowed(command, argv);
  const { json } = command.parse(argv, { from: 'user' }).opts<{ json?: true }>();
  try {
    const summary = await play();
    tell(
      json
        ? JSON.stringify(summary)
        : `Token ${summary.tokenFingerprint.slice(0, 12)}…, granted ${summary.granted.join(', ')}`,
    );
  } catch {
    process.exitCode = 1;
  }
}

if (isStarted(import.meta.url)) void demo(process.argv.slice(2));
