import { fileURLToPath } from 'node:url';
import { type Duration, Stack } from 'aws-cdk-lib';
import type { IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, type NodejsFunctionProps } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK } from '../../functions/environment.ts';
import { BUNDLING } from '../bundling.ts';
import { logGroup } from '../log-group.ts';
import type { Settings } from '../settings.ts';
import { functionRole } from './function-role.ts';
import { prebuiltCode } from './prebuilt-code.ts';

/** What the two functions differ in. */
export interface EndpointFunctionProps {
  /** Folder of the handler, below `functions`. */
  readonly endpoint: 'activate' | 'callback';
  /** What it does, for the console. */
  readonly description: string;
  /** After which Lambda gives a request up. */
  readonly timeout: Duration;
  /** Added to the variables that both have. */
  readonly environment: Readonly<Record<string, string>>;
  readonly settings: Settings;
}

/**
 * A Lambda function that answers one of the two URLs, with a role and a log group of its own.
 *
 * The log format is JSON, under which the runtime leaves a line alone that is written to standard
 * output as JSON: the functions write theirs whole, with the metrics in it. Tracing is switched on
 * without the tracing library, whose loading would cost a cold start more than its subsegments tell.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html JSON log format}
 */
export class EndpointFunction extends Construct implements IGrantable {
  public readonly function: NodejsFunction;
  public readonly logGroup: LogGroup;
  public readonly grantPrincipal: IPrincipal;

  constructor(scope: Construct, id: string, props: EndpointFunctionProps) {
    super(scope, id);
    this.logGroup = logGroup(this, 'Logs', props.settings);
    const role = functionRole(this, 'Role', this.logGroup);
    this.grantPrincipal = role;
    this.function = new NodejsFunction(this, 'Function', {
      description: props.description,
      ...handlerCode(props.endpoint),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.settings.memorySize,
      timeout: props.timeout,
      role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      environment: { ...this.#commonEnvironment(props.settings), ...props.environment },
      // A variable for version 2 of the SDK, which nothing here reads.
      awsSdkConnectionReuse: false,
    });
  }

  #commonEnvironment(settings: Settings): Record<string, string> {
    const STACK_NAME = Stack.of(this).stackName;
    return settings.dangerouslyAllowHttpPimOnLoopback
      ? { STACK_NAME, [DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK]: 'true' }
      : { STACK_NAME };
  }
}

/** The bundle that the package brings, else the handler's source and how to bundle it. */
function handlerCode(endpoint: string): NodejsFunctionProps {
  const code = prebuiltCode(endpoint);
  if (code) return { code, handler: 'index.handler' };
  return {
    entry: inProject(`functions/${endpoint}/handler.ts`),
    projectRoot: inProject(''),
    depsLockFilePath: inProject('package-lock.json'),
    bundling: BUNDLING,
  };
}

function inProject(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
