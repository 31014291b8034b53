import { mkdtempSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Finished, runOrThrow } from '../../support/run-command.ts';
import { ACCOUNT } from './environment.ts';
import { inProject, TOOLS } from './project.ts';

/** What `cdk deploy` is given by `-c name=value`. */
export type Context = Readonly<Record<string, string>>;

/** The stack of this project, by its stage. */
export const STACKS = { production: 'AkeneoAppActivation', development: 'AkeneoAppActivationDev' };

/** What the context of a stack has to be for a PIM on this machine, and for leaving nothing behind. */
export const DEVELOPMENT: Context = {
  stage: 'development',
  dangerouslyAllowHttpPimOnLoopback: 'true',
  dangerouslyDestroyTables: 'true',
};

/** The same with all that a development stage may have besides. */
export const WITH_SIMULATED_PIM: Context = { ...DEVELOPMENT, simulatedPim: 'true' };

/** What the CDK works on, and where. */
export interface CdkOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly context: Context;
  /** For templates, bundles and outputs; somebody else removes it. */
  readonly folder: string;
  /** The CDK app. @default this project */
  readonly project?: string;
}

/** The outputs of the deployed stacks, by the stack's name. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The real command line of the CDK, as an operator runs it. Every command throws when it fails. */
export class Cdk {
  readonly #options: CdkOptions;

  constructor(options: CdkOptions) {
    this.#options = options;
  }

  /** Away from any project: the toolkit's own stack does not depend on one, so none is synthesized. */
  async bootstrap(): Promise<Finished> {
    const { env } = this.#options;
    const cwd = mkdtempSync(join(this.#options.folder, 'bootstrap-'));
    const args = ['bootstrap', `aws://${ACCOUNT}/${env['AWS_REGION']}`, '--no-notices'];
    return runOrThrow(join(TOOLS, 'cdk'), args, { env, cwd });
  }

  /** @returns the folder of the templates. */
  async synthesize(): Promise<string> {
    await this.#run('synth', ['--quiet']);
    return this.#templates;
  }

  /**
   * Deploys, and reads the outputs back from the file that the CDK writes them to.
   *
   * @param settings that differ from those of every other command.
   */
  async deploy(settings: Context = {}): Promise<Finished & { readonly outputs: Outputs }> {
    const file = join(this.#options.folder, 'outputs.json');
    const args = ['--require-approval', 'never', '--outputs-file', file];
    const finished = await this.#run('deploy', args, settings);
    return { ...finished, outputs: JSON.parse(readFileSync(file, 'utf8')) as Outputs };
  }

  /** Deletes the stack. */
  async destroy(): Promise<Finished> {
    return this.#run('destroy', ['--force']);
  }

  get #templates(): string {
    return join(this.#options.folder, 'cdk.out');
  }

  /** The app is started by its name, as npm lets it: with the project's tools in `PATH`. */
  #run(command: string, args: readonly string[], differing: Context = {}): Promise<Finished> {
    const { env, context, project = inProject() } = this.#options;
    const PATH = [join(project, 'node_modules', '.bin'), TOOLS, env['PATH']].join(delimiter);
    const settings = Object.entries({ ...context, ...differing }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    return runOrThrow(
      join(TOOLS, 'cdk'),
      [command, '--no-notices', '--output', this.#templates, ...settings, ...args],
      { env: { ...env, PATH }, cwd: project },
    );
  }
}
