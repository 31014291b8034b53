/**
 * Options that npm keeps for itself. Without the two dashes (which PowerShell removes unless they are quoted), npm takes
 * `--client-id=old` for a setting of its own: the script starts without it and does something else than was meant. npm
 * tells of each in a variable.
 *
 * @see {@link https://docs.npmjs.com/cli/v11/using-npm/config#environment-variables npm's configuration in variables}
 */

/** What `npm_config_<name>` must be to be refused, for options that npm has too. All others are refused in any form. */
const ALSO_OF_NPM: Readonly<Record<string, (value: string) => boolean>> = {
  /** A program that waits for JSON would wait for ever. */
  json: (value) => value === 'true',
  /** Of `npm token create` alone; nobody keeps it in a file of settings. */
  scopes: (value) => value !== '',
  /** Often set for `npx` in CI. Without it a command asks, or ends where nobody can be asked. */
  yes: () => false,
  /** npm prints its own, and starts no script. */
  version: () => false,
  help: () => false,
};

/** What npm calls its own options of one letter that a script has too, and how a value looks that was meant for the script. */
const SHORT_OF_NPM: Readonly<Record<string, { readonly variable: string; readonly ours: RegExp }>> =
  { c: { variable: 'npm_config_call', ours: /^\w+=/ } };

/** How a script is called. */
export interface Call {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What to tell about an option that did not arrive. */
export interface SwallowedOption {
  readonly message: string;
  readonly next: string;
}

/**
 * Finds an option that npm has taken.
 *
 * @param declared all long options of the script, with their dashes, and with the value if they have one:
 * `--client-id <id>`, `--no-label`; one that has a letter as well begins with it: `-c, --context <name=value>`.
 * @param program how a person calls the program; the script by which npm has started it counts more.
 */
export function swallowedOption(
  declared: readonly string[],
  program: string,
  { argv, env }: Call,
): SwallowedOption | undefined {
  const flags = declared.find(
    (one) => isSwallowed(nameOf(one), { argv, env }) || isLetterSwallowed(one, { argv, env }),
  );
  if (flags === undefined) return undefined;
  const name = nameOf(flags);
  const variable = variableOf(name);
  const isNegated = env[variable] === '' && declared.includes(`--no-${name}`);
  const option = isNegated ? `--no-${name}` : flags.replace(/^-\w, /, '');
  return {
    message: `npm has taken ${option.split(' ')[0]} for an option of its own.`,
    next: `${whereTo(option, scriptOf(env) ?? program)} If ${variable} comes from .npmrc or the environment, remove it there.`,
  };
}

/** How the script is called by which npm runs; `npx` counts as none. */
function scriptOf({ npm_lifecycle_event: script }: Call['env']): string | undefined {
  if (script === undefined || script === 'npx') return undefined;
  return script === 'start' ? 'npm start --' : `npm run ${script} --`;
}

function whereTo(option: string, program: string): string {
  return program.endsWith(' --')
    ? `Write two dashes before all arguments: ${program} … ${option} (in PowerShell with quotes: '--').`
    : `Write it behind the command: ${program} … ${option}.`;
}

function isSwallowed(name: string, { argv, env }: Call): boolean {
  const value = env[variableOf(name)];
  if (value === undefined) return false;
  const ofNpm = Object.hasOwn(ALSO_OF_NPM, name) ? ALSO_OF_NPM[name] : undefined;
  return ofNpm ? ofNpm(value) && !isGiven(name, argv) : true;
}

function isLetterSwallowed(flags: string, { argv, env }: Call): boolean {
  const letter = /^-(\w), /.exec(flags)?.[1];
  const ofNpm = letter === undefined ? undefined : SHORT_OF_NPM[letter];
  if (!ofNpm) return false;
  return ofNpm.ours.test(env[ofNpm.variable] ?? '') && !argv.includes(`-${letter}`);
}

function isGiven(name: string, argv: readonly string[]): boolean {
  return argv.some((one) => one === `--${name}` || one.startsWith(`--${name}=`));
}

/** `client-id` of `--client-id <id>`; `label` of `--no-label`, since npm reads it as `label` switched off. */
function nameOf(flags: string): string {
  return flags.replace(/^(-\w, )?--(no-)?/, '').split(' ')[0] ?? '';
}

function variableOf(name: string): string {
  return `npm_config_${name.replaceAll('-', '_')}`;
}
