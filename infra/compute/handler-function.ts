import { readFileSync } from 'node:fs';
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { type IGrantable, type IPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type IAlias, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type AppProps, brandingOf } from '../../branding/app.ts';
import {
  BRANDING,
  DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK,
  FUNCTION_TIMEOUTS_MS,
  PIM_CERTIFICATE_AUTHORITIES,
} from '../../functions/environment.ts';
import { LIVE_ALIAS } from '../../functions/stack-outputs.ts';
import { handlerCode } from '../bundling/handler-code.ts';
import type { Settings } from '../configuration/settings.ts';
import { keptOnceInUse, type LogSettings, logGroup } from '../durability.ts';
import { grantNetworkInterfaces, vpcOf } from '../network.ts';

/** The settings that every function needs. */
export type FunctionSettings = LogSettings &
  Pick<
    Settings,
    'memorySize' | 'pimCertificateAuthorities' | 'securityGroups' | 'tracing' | 'vpc' | 'vpcSubnets'
  >;

/** The settings of a function that reads PIM URLs. */
export type PimUrlSettings = Pick<Settings, 'dangerouslyAllowHttpPimOnLoopback'>;

/** The settings of a function that answers one of the URLs. */
export type EndpointSettings = FunctionSettings &
  PimUrlSettings &
  Pick<Settings, 'app' | 'defaultLanguage' | 'languages' | 'reservedConcurrency'>;

type HandlerName = keyof typeof FUNCTION_TIMEOUTS_MS;

/** The functions that every stack may have. The simulated PIM is none, and nobody watches it. */
type ServiceHandler = Exclude<HandlerName, 'simulated-pim'>;

/** How the functions differ. */
export interface HandlerFunctionProps<Name extends HandlerName = ServiceHandler> {
  /** Name of its file in `functions/handlers`. */
  readonly handler: Name;
  /** What it does, for the console. */
  readonly description: string;
  /** In addition to the name of the stack, which each function gets. */
  readonly environment: Readonly<Record<string, string>>;
  /** Modules that lie beside its bundle in other stacks, and that this one never loads. @default none */
  readonly without?: readonly string[];
  /** Whether it sends requests to PIMs: from the VPC, if there is one, and trusting PIMs' own authorities. @default false */
  readonly asksPims?: boolean;
  /** What the pages that it shows to PIM users say of the App. @default nothing */
  readonly face?: AppProps | undefined;
  /** How many times it may run at once, and always can. @default as the account lets it */
  readonly reservedConcurrency?: number | undefined;
  /**
   * What it depends on that may be replaced under the same reference; 256 characters at most. A new one publishes a version.
   *
   * @default - nothing
   */
  readonly follows?: string | undefined;
  /** In MiB: what it gets at least, whatever the setting says. @default what the setting says */
  readonly leastMemory?: number;
  readonly settings: FunctionSettings;
}

/**
 * A Lambda function of the stack, with a role and a log group of its own.
 *
 * A deployment changes a function in two calls, first its code and then its variables. So what serves is a version, which
 * is published when both are done and never changes. Versions are kept, to go back to one by moving the alias. One that
 * belongs to a failed deployment is not: Lambda publishes no second version of the same function, so the next attempt
 * would fail.
 *
 * The log format is JSON. Under it the runtime does not change a line that is written to standard output as JSON, and
 * the functions write whole lines, with the metrics in them. Tracing, if it is asked for, does without the tracing
 * library: loading it would slow a cold start down, and its subsegments tell little.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html JSON log format}
 */
export class HandlerFunction<Name extends HandlerName = ServiceHandler>
  extends Construct
  implements IGrantable
{
  /** Name of its file in `functions/handlers`. */
  public readonly handler: Name;
  /** The function itself, for its variables and for its metrics, which are those of all versions together. */
  public readonly function: NodejsFunction;
  /** The version that serves. Everything that invokes the function invokes this. */
  public readonly alias: IAlias;
  /** The only log group that the function can write to. */
  public readonly logGroup: LogGroup;
  /** The role of the function, which gets what is granted to it. */
  public readonly grantPrincipal: IPrincipal;

  constructor(scope: Construct, id: string, props: HandlerFunctionProps<Name>) {
    super(scope, id);
    this.handler = props.handler;
    this.logGroup = logGroup(this, 'Logs', props.settings);
    const role = functionRole(this, 'Role', this.logGroup);
    if (props.settings.tracing) acknowledgeTracing(role);
    if (props.asksPims && props.settings.vpc) grantNetworkInterfaces(role);
    this.grantPrincipal = role;
    this.function = this.#makeFunction(role, props);
    // The class says `role: IRole | undefined` of what its own interface calls `role?: IRole`.
    this.alias = this.function.addAlias(LIVE_ALIAS) as IAlias;
  }

  #makeFunction(role: Role, props: HandlerFunctionProps<Name>): NodejsFunction {
    const files = filesBeside(props);
    return new NodejsFunction(this, 'Function', {
      description: props.description,
      code: handlerCode(
        props.handler,
        Object.fromEntries(files.map(({ name, content }) => [name, content])),
        props.without,
      ),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: Math.max(props.settings.memorySize, props.leastMemory ?? 0),
      ...(props.reservedConcurrency !== undefined && {
        reservedConcurrentExecutions: props.reservedConcurrency,
      }),
      timeout: Duration.millis(FUNCTION_TIMEOUTS_MS[props.handler]),
      ...(props.asksPims && vpcOf(props.settings)),
      role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: props.settings.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      environment: {
        STACK_NAME: Stack.of(this).stackName,
        ...props.environment,
        ...Object.fromEntries(files.map(({ variable, name }) => [variable, name])),
      },
      currentVersionOptions: {
        removalPolicy: keptOnceInUse(true),
        // CloudFormation publishes a version anew when its description changes.
        ...(props.follows !== undefined && { description: props.follows }),
      },
      // A variable for version 2 of the SDK, which nothing here reads.
      awsSdkConnectionReuse: false,
    });
  }
}

/** The switch of a development stack for PIMs at plain `http`, for functions that read PIM URLs; nothing in any other stack. */
export function pimUrlEnvironment(settings: PimUrlSettings): Readonly<Record<string, string>> {
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

/** A file beside a bundle, and the variable that names it. */
interface FileBeside {
  readonly name: string;
  readonly variable: string;
  readonly content: string;
}

function filesBeside({
  asksPims,
  face,
  settings,
}: Pick<HandlerFunctionProps, 'asksPims' | 'face' | 'settings'>): readonly FileBeside[] {
  const { pimCertificateAuthorities: authorities } = settings;
  const files: FileBeside[] = [];
  if (asksPims && authorities !== undefined)
    files.push({
      name: 'pim-certificate-authorities.pem',
      variable: PIM_CERTIFICATE_AUTHORITIES,
      content: readFileSync(authorities, 'utf8'),
    });
  if (face !== undefined)
    files.push({
      name: 'branding.json',
      variable: BRANDING,
      content: JSON.stringify(brandingOf(face)),
    });
  return files;
}
