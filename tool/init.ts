import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { refuseSwallowed, safeCommand } from '../local/options.ts';
import { CALLED, EXIT } from '../terminal/called.ts';
import { plain, print } from '../terminal/printable.ts';

/** In the checkout beside this file; in the package beside what was compiled. */
const TEMPLATE = [import.meta.dirname, join(import.meta.dirname, '..', '..')]
  .map((folder) => join(folder, 'template'))
  .find((folder) => existsSync(folder));

/** The names that npm leaves out of a package, or reads itself, and those that they have in the new folder. */
const RENAMED = { gitignore: '.gitignore' };

/** Writes a CDK app with the activation. Says why when it cannot, and sets status 1. */
export async function init(argv: readonly string[]): Promise<void> {
  const command = safeCommand(`${CALLED.app} init`)
    .description('Write a CDK app with the activation, a back end that reads products, and a test.')
    .argument('<folder>', 'a new folder, whose name becomes that of the app')
    .showHelpAfterError(`Such as ${CALLED.app} init my-app`);
  refuseSwallowed(command, argv);
  const [folder = ''] = command.parse(argv, { from: 'user' }).args;
  const problem = writeOrSayWhyNot(resolve(folder));
  if (problem === undefined) return print(process.stdout, nextSteps(folder));
  print(process.stderr, `error: ${problem}\n`);
  process.exitCode = EXIT.failure;
}

function writeOrSayWhyNot(target: string): string | undefined {
  try {
    if (!isFree(target)) return `${target} is not empty. Choose a new folder.`;
    writeApp(target);
    return undefined;
  } catch (error) {
    return `The app cannot be written to ${target}: ${reasonOf(error)}.`;
  }
}

/** Whether nothing is there that could be written over. A repository without files is as good as new. */
function isFree(target: string): boolean {
  return !existsSync(target) || readdirSync(target).every((name) => name === '.git');
}

function writeApp(target: string): void {
  if (TEMPLATE === undefined) throw new Error('its template is missing; install akeneo-app again');
  cpSync(TEMPLATE, target, { recursive: true });
  for (const [from, to] of Object.entries(RENAMED))
    renameSync(join(target, from), join(target, to));
  const file = join(target, 'package.json');
  const text = readFileSync(file, 'utf8').replace('"my-app"', JSON.stringify(nameOf(target)));
  writeFileSync(file, text);
}

/** What npm takes for a name. It does not install a package into one of the same name. */
function nameOf(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .slice(0, 200)
    .replaceAll(/^-+|-+$/g, '');
  return name === '' || /^akeneo-app(-activation)?$/.test(name) ? 'my-app' : name;
}

/** In the words of the file system, such as "EACCES: permission denied". */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/, .*/s, '') : 'unknown';
}

function nextSteps(folder: string): string {
  const name = plain(folder);
  return `Written to ${name}. Next:

  cd ${/\s/.test(name) ? `"${name}"` : name}
  npm install
  npm test               the back end against a simulated PIM
  npm start              the App and a PIM on this machine: open it, click "Connect"
  npm run products       in a second terminal: the back end reads products

To deploy: ${CALLED.app} preflight, then npx cdk deploy.
`;
}
