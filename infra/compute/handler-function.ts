import { copyFileSync, cpSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage, Duration, Stack, Validations } from 'aws-cdk-lib';
import { type IGrantable, type IPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type AssetCode,
  Code,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import {
  type ICommandHooks,
  NodejsFunction,
  type NodejsFunctionProps,
} from 'aws-cdk-lib/aws-lambda-nodejs';
import type { ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import {
  DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK,
  FUNCTION_TIMEOUTS_MS,
  PIM_CERTIFICATE_AUTHORITIES,
} from '../../functions/environment.ts';
import { BUNDLING } from '../bundling/bundling.ts';
import type { Settings } from '../configuration/settings.ts';
import { logGroup } from '../durability.ts';

/** How the functions differ. */
export interface HandlerFunctionProps {
  /** Name of its file in `functions/handlers`. */
  readonly handler: keyof typeof FUNCTION_TIMEOUTS_MS;
  /** What it does, for the console. */
  readonly description: string;
  /** In addition to the name of the stack, which each function gets. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether it sends requests to PIMs, whose own authorities it then has to trust. @default false */
  readonly asksPims?: boolean;
  /** How many times it may run at once, and always can. @default as the account lets it */
  readonly reservedConcurrency?: number | undefined;
  /** In MiB: what it gets at least, whatever the setting says. @default what the setting says */
  readonly leastMemory?: number;
  readonly settings: Settings;
}

/**
 * A Lambda function of the stack, with a role and a log group of its own.
 *
 * The log format is JSON. Under it the runtime does not change a line that is written to standard output as JSON, and
 * the functions write whole lines, with the metrics in them. Tracing, if it is asked for, does without the tracing
 * library: loading it would slow a cold start down, and its subsegments tell little.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html JSON log format}
 */
export class HandlerFunction extends Construct implements IGrantable {
  /** Name of its file in `functions/handlers`. */
  public readonly handler: HandlerFunctionProps['handler'];
  /** The function itself, for its metrics and for what invokes it. */
  public readonly function: NodejsFunction;
  /** The only log group that the function can write to. */
  public readonly logGroup: LogGroup;
  /** The role of the function, which gets what is granted to it. */
  public readonly grantPrincipal: IPrincipal;

  constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id);
    this.handler = props.handler;
    this.logGroup = logGroup(this, 'Logs', props.settings);
    const role = functionRole(this, 'Role', this.logGroup);
    if (props.settings.tracing) acknowledgeTracing(role);
    this.grantPrincipal = role;
    this.function = this.#makeFunction(role, props);
  }

  #makeFunction(role: Role, props: HandlerFunctionProps): NodejsFunction {
    const { pimCertificateAuthorities } = props.settings;
    const authorities = props.asksPims ? pimCertificateAuthorities : undefined;
    return new NodejsFunction(this, 'Function', {
      description: props.description,
      ...handlerCode(props.handler, authorities),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: Math.max(props.settings.memorySize, props.leastMemory ?? 0),
      ...(props.reservedConcurrency !== undefined && {
        reservedConcurrentExecutions: props.reservedConcurrency,
      }),
      timeout: Duration.millis(FUNCTION_TIMEOUTS_MS[props.handler]),
      role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: props.settings.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      environment: {
        STACK_NAME: Stack.of(this).stackName,
        ...props.environment,
        ...(authorities !== undefined && { [PIM_CERTIFICATE_AUTHORITIES]: AUTHORITIES_FILE }),
      },
      // A variable for version 2 of the SDK, which nothing here reads.
      awsSdkConnectionReuse: false,
    });
  }
}

/** The switch of a development stack for PIMs at plain `http`, for functions that read PIM URLs; nothing in any other stack. */
export function pimUrlEnvironment(settings: Settings): Readonly<Record<string, string>> {
  return settings.dangerouslyAllowHttpPimOnLoopback
    ? { [DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK]: 'true' }
    : {};
}

/**
 * A role that may write to the given log group and nothing else; the stores add what they
 * need. It has no managed policy: AWS's own for Lambda reaches every log group of the account.
 */
function functionRole(scope: Construct, id: string, logs: ILogGroup): Role {
  const role = new Role(scope, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  logs.grantWrite(role);
  return role;
}

/** The function adds two rights on every resource, since X-Ray has none of its own. */
function acknowledgeTracing(role: Role): void {
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'xray:PutTraceSegments and xray:PutTelemetryRecords know no resources; test/infra/permissions.test.ts proves for every role that no other action has this one.',
  });
}

/** The name under which the certificates of PIMs' own authorities lie beside a bundle. */
const AUTHORITIES_FILE = 'pim-certificate-authorities.pem';

/** The bundle that the package brings, else the handler's source and how to bundle it. */
function handlerCode(handler: string, authorities: string | undefined): NodejsFunctionProps {
  const folder = inProject(`handlers/${handler}`);
  if (existsSync(folder))
    return { code: prebuiltCode(folder, authorities), handler: 'index.handler' };
  return {
    entry: inProject(`functions/handlers/${handler}.ts`),
    projectRoot: inProject(''),
    depsLockFilePath: inProject('package-lock.json'),
    bundling:
      authorities === undefined ? BUNDLING : { ...BUNDLING, commandHooks: copying(authorities) },
  };
}

/**
 * The bundle of a handler as it lies in the published package; in the project's own checkout there is none, and it is
 * made from source at each synth. A CDK app that installs the package needs no bundler, and runs exactly the bytes that
 * were tested here.
 *
 * @param authorities a file that goes beside the bundle and into the hash of the asset.
 */
export function prebuiltCode(folder: string, authorities?: string): AssetCode {
  if (authorities === undefined) return Code.fromAsset(folder);
  const tryBundle = (output: string): boolean => {
    cpSync(folder, output, { recursive: true });
    copyFileSync(authorities, join(output, AUTHORITIES_FILE));
    return true;
  };
  // Image and command are never used: the copy is made on this machine. The CDK tells two copies apart by the command.
  const image = DockerImage.fromRegistry('scratch');
  const bundling = { image, command: ['cp', resolve(authorities)], local: { tryBundle } };
  return Code.fromAsset(folder, { bundling, assetHashType: AssetHashType.OUTPUT });
}

/** Copies a file beside the bundle. The asset is named by a hash of all that lies there. */
function copying(authorities: string): ICommandHooks {
  const copy = (output: string) =>
    `cp ${quoted(resolve(authorities))} ${quoted(join(output, AUTHORITIES_FILE))}`;
  return {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (_input, output) => [copy(output)],
  };
}

/** For the shell that the CDK runs hooks in. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

function inProject(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
