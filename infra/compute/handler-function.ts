import { fileURLToPath } from 'node:url';
import { type Duration, Stack } from 'aws-cdk-lib';
import type { IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, type NodejsFunctionProps } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { BUNDLING } from '../bundling/bundling.ts';
import type { Settings } from '../configuration/settings.ts';
import { logGroup } from '../log-group.ts';
import { functionRole } from './function-role.ts';
import { prebuiltCode } from './prebuilt-code.ts';

/** What the functions differ in. */
export interface HandlerFunctionProps {
  /** Folder of the handler, below `functions`. */
  readonly handler: 'activate' | 'callback' | 'health' | 'events';
  /** What it does, for the console. */
  readonly description: string;
  /** After which Lambda gives an invocation up. */
  readonly timeout: Duration;
  /** Added to the name of the stack, which each has. */
  readonly environment: Readonly<Record<string, string>>;
  readonly settings: Settings;
}

/**
 * A Lambda function of the stack, with a role and a log group of its own.
 *
 * The log format is JSON, under which the runtime leaves a line alone that is written to standard
 * output as JSON: the functions write theirs whole, with the metrics in it. Tracing is switched on
 * without the tracing library, whose loading would cost a cold start more than its subsegments tell.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html JSON log format}
 */
export class HandlerFunction extends Construct implements IGrantable {
  public readonly handler: HandlerFunctionProps['handler'];
  public readonly function: NodejsFunction;
  public readonly logGroup: LogGroup;
  public readonly grantPrincipal: IPrincipal;

  constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id);
    this.handler = props.handler;
    this.logGroup = logGroup(this, 'Logs', props.settings);
    const role = functionRole(this, 'Role', this.logGroup);
    this.grantPrincipal = role;
    this.function = new NodejsFunction(this, 'Function', {
      description: props.description,
      ...handlerCode(props.handler),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.settings.memorySize,
      timeout: props.timeout,
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
    entry: inProject(`functions/${handler}/handler.ts`),
    projectRoot: inProject(''),
    depsLockFilePath: inProject('package-lock.json'),
    bundling: BUNDLING,
  };
}

function inProject(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
