import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { refuseSwallowed, safeCommand } from '../local/options.ts';
import { CALLED } from '../terminal/called.ts';
import { print } from '../terminal/printable.ts';

/** In the checkout beside this file; in the package beside what was compiled. */
const TEMPLATE = [import.meta.dirname, join(import.meta.dirname, '..', '..')]
  .map((folder) => join(folder, 'template'))
  .find((folder) => existsSync(folder));

/** The names that npm leaves out of a package, or reads itself, and those that they have in the new folder. */
const RENAMED = { gitignore: '.gitignore' };

/** Writes a CDK app with the activation. Ends the process with a message when the arguments are wrong. */
export async function init(argv: readonly string[]): Promise<void> {
  const command = safeCommand(`${CALLED.app} init`)
    .description('Write a CDK app with the activation, a back end that reads products, and a test.')
    .argument('<folder>', 'a new folder, whose name becomes that of the app');
  refuseSwallowed(command, argv);
  const [folder = ''] = command.parse(argv, { from: 'user' }).args;
  const target = resolve(folder);
  if (existsSync(target) && readdirSync(target).length > 0)
    command.error(`error: ${target} is not empty. Choose a new folder.`);
  writeApp(target);
  print(process.stdout, nextSteps(folder));
}

function writeApp(target: string): void {
  if (TEMPLATE === undefined) throw new Error('The template is missing: install akeneo-app again.');
  cpSync(TEMPLATE, target, { recursive: true });
  for (const [from, to] of Object.entries(RENAMED))
    renameSync(join(target, from), join(target, to));
  const file = join(target, 'package.json');
  const text = readFileSync(file, 'utf8').replace('"my-app"', JSON.stringify(nameOf(target)));
  writeFileSync(file, text);
}

/** What npm takes for a name. */
function nameOf(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-');
  return name.replaceAll(/^-+|-+$/g, '') || 'my-app';
}

function nextSteps(folder: string): string {
  return `Written to ${folder}. Next:

  cd ${folder}
  npm install
  npm test               the back end against a simulated PIM
  npm run dev            the App and a PIM on this machine: open it, click "Connect"
  npm run products       in a second terminal: the back end reads products

To deploy: npx akeneo-app preflight, then npx cdk deploy.
`;
}
