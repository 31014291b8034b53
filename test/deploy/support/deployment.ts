import { type AwsClients, awsClients } from './aws-clients.ts';
import { Cdk, type Context, DEVELOPMENT, type Outputs, STACKS } from './cdk.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { OperatorCli } from './operator-cli.ts';

/** A stack that was really deployed, on an emulator of its own. */
export interface Deployment extends AwsClients {
  readonly emulator: Emulator;
  readonly cdk: Cdk;
  readonly operator: OperatorCli;
  /** Of the stack, by their names. */
  readonly outputs: Outputs[string];
  /** What the first `cdk deploy` printed. */
  readonly printed: string;
  /** Ends the emulator, whatever is still deployed there. */
  close(): Promise<void>;
}

/** What is deployed; this project’s own stack by default. */
export interface DeploymentOptions {
  /** Of the emulator's log. */
  readonly name: string;
  /** @default the one of this project */
  readonly stack?: string;
  /** @default a plain development stage */
  readonly context?: Context;
  /**
   * Makes the CDK app to deploy, below a folder that goes with the deployment; gives its path.
   *
   * @default this project is the app
   */
  readonly makeProject?: (folder: string) => Promise<string>;
}

/**
 * Bootstraps an empty account and deploys the development stage there, by the CDK's own command line.
 *
 * @throws {Error} with what the CDK printed when it fails; nothing is left running then.
 */
export async function deploy(options: DeploymentOptions): Promise<Deployment> {
  const emulator = await startEmulator(options.name);
  try {
    const deployed = await deployTo(emulator, options);
    return {
      emulator,
      ...awsClients(emulator.endpoint),
      ...deployed,
      close: () => emulator.close(),
    };
  } catch (error) {
    await emulator.close();
    throw error;
  }
}

async function deployTo(
  { environment: env, folder }: Emulator,
  { stack = STACKS.development, context = DEVELOPMENT, makeProject }: DeploymentOptions,
): Promise<Pick<Deployment, 'cdk' | 'operator' | 'outputs' | 'printed'>> {
  const project = await makeProject?.(folder);
  const where = { env, folder, context };
  const cdk = new Cdk(project === undefined ? where : { ...where, project });
  await cdk.bootstrap();
  const { outputs, stdout, stderr } = await cdk.deploy();
  const operator = new OperatorCli(env, stack);
  return { cdk, operator, outputs: outputs[stack] ?? {}, printed: stdout + stderr };
}
