import { fileURLToPath } from 'node:url';
import { Duration, Stack } from 'aws-cdk-lib';
import type { IGrantable, IPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, type NodejsFunctionProps } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { FUNCTION_TIMEOUTS_MS } from '../../functions/environment.ts';
import { BUNDLING } from '../bundling/bundling.ts';
import type { Settings } from '../configuration/settings.ts';
import { logGroup } from '../log-group.ts';
import { functionRole } from './function-role.ts';
import { prebuiltCode } from './prebuilt-code.ts';

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

/** The bundle that the package brings, else the handler's source and how to bundle it. */
function handlerCode(handler: string): NodejsFunctionProps {
  const code = prebuiltCode(handler);
  if (code) return { code, handler: 'index.handler' };
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
