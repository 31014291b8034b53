import { type Finished, runCommand } from '../../support/run-command.ts';
import { inProject } from './project.ts';

/** The operator's command line, as a person or a script runs it. */
export class OperatorCli {
  readonly #env: NodeJS.ProcessEnv;
  readonly #stack: string;
  readonly #project: string;
  readonly #printed: string[] = [];

  /**
   * @param env leads to the account of the stack.
   * @param project whose command line it is.
   */
  constructor(env: NodeJS.ProcessEnv, stack: string, project = inProject()) {
    this.#env = env;
    this.#stack = stack;
    this.#project = project;
  }

  /** Everything that it ever printed. */
  get printed(): string {
    return this.#printed.join('');
  }

  /**
   * `npm run app -- <args>`.
   *
   * @param clientSecret handed over by the environment, the only way without a terminal.
   */
  async run(args: readonly string[], clientSecret?: string): Promise<Finished> {
    const secret = clientSecret === undefined ? {} : { AKENEO_CLIENT_SECRET: clientSecret };
    const command = ['run', '--silent', 'app', '--', '--stack', this.#stack, ...args];
    const finished = await runCommand('npm', command, {
      env: { ...this.#env, ...secret },
      cwd: this.#project,
      timeoutMs: 60_000,
    });
    this.#printed.push(finished.stdout, finished.stderr);
    return finished;
  }

  /**
   * The same with `--json`, for a command that has to succeed.
   *
   * @returns what it printed, parsed.
   * @throws {Error} with the command's own words when it fails.
   */
  async json(args: readonly string[], clientSecret?: string): Promise<unknown> {
    const { exit, stdout, stderr } = await this.run([...args, '--json'], clientSecret);
    if (exit !== 0)
      throw new Error(`npm run app -- ${args.join(' ')} ended with ${exit}: ${stderr}`);
    return JSON.parse(stdout);
  }
}
