import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { type IGrantable, type IPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, type NodejsFunctionProps } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import {
  DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK,
  FUNCTION_TIMEOUTS_MS,
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
  readonly settings: Settings;
}

/**
 * A Lambda function of the stack, with a role and a log group of its own.
 *
 * The log format is JSON. Under it the runtime does not change a line that is written to standard output as JSON, and
 * the functions write whole lines, with the metrics in them. Tracing is switched on without the tracing library: loading
 * it would slow a cold start down, and its subsegments tell little.
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
    this.grantPrincipal = role;
    this.function = this.#makeFunction(role, props);
  }

  #makeFunction(role: Role, props: HandlerFunctionProps): NodejsFunction {
    return new NodejsFunction(this, 'Function', {
      description: props.description,
      ...handlerCode(props.handler),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.settings.memorySize,
      timeout: Duration.millis(FUNCTION_TIMEOUTS_MS[props.handler]),
      role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      environment: { STACK_NAME: Stack.of(this).stackName, ...props.environment },
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
 * A role that may write to the given log group and nothing else; the stores and X-Ray add what they
 * need. It has no managed policy: AWS's own for Lambda reaches every log group of the account.
 */
function functionRole(scope: Construct, id: string, logs: ILogGroup): Role {
  const role = new Role(scope, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  logs.grantWrite(role);
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'xray:PutTraceSegments and xray:PutTelemetryRecords know no resources; test/infra/permissions.test.ts proves for every role that no other action has this one.',
  });
  return role;
}

/**
 * The bundle that the published package brings: a CDK app that installs it needs no bundler, and runs exactly the bytes
 * that were tested. In the project's own checkout there is none, so the handler's source is bundled at each synth.
 */
function handlerCode(handler: string): NodejsFunctionProps {
  const bundle = inProject(`handlers/${handler}`);
  if (existsSync(bundle)) return { code: Code.fromAsset(bundle), handler: 'index.handler' };
  return {
    entry: inProject(`functions/handlers/${handler}.ts`),
    projectRoot: inProject(''),
    depsLockFilePath: inProject('package-lock.json'),
    bundling: BUNDLING,
  };
}

function inProject(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
