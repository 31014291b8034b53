import { Fn, Names, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  type IAccessLogSettings,
  IpAddressType,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { PATHS } from '../functions/environment.ts';
import type { HandlerFunction } from './compute/handler-function.ts';
import type { Settings } from './configuration/settings.ts';
import { CustomDomain } from './custom-domain.ts';
import { type LogSettings, logGroup } from './durability.ts';

/** The settings of the API: its address, its limits, its log and its metrics. */
type ApiSettings = LogSettings & Pick<Settings, 'customDomain' | 'monitoring' | 'throttle'>;

/** What answers the two URLs. */
export interface ActivationApiProps {
  readonly settings: ApiSettings;
  readonly activate: HandlerFunction;
  readonly callback: HandlerFunction;
  readonly login?: HandlerFunction | undefined;
}

/**
 * The two URLs that are registered in a PIM. An HTTP API, because two routes need no more; its stage is
 * `$default`, so that no path stands in front of the routes.
 */
export class ActivationApi extends Construct {
  /** The API itself, with its routes. */
  public readonly api: HttpApi;
  /** `$default`, with the limits and the access log. */
  public readonly stage: HttpStage;
  /** One line for each request, refused ones too. */
  public readonly accessLogGroup: LogGroup;
  /** Only with a custom domain. */
  public readonly customDomain: CustomDomain | undefined;
  /** Exactly as it is registered in a PIM. */
  public readonly activateUrl: string;
  /** As it is registered for an App Store App; the URL of a custom App's PIM has an id of its own behind it. */
  public readonly callbackUrl: string;
  /** Where the App asks who has opened it; absent unless it is told. */
  public readonly loginUrl: string | undefined;

  constructor(scope: Construct, id: string, props: ActivationApiProps) {
    super(scope, id);
    const { customDomain } = props.settings;
    this.accessLogGroup = logGroup(this, 'AccessLog', props.settings, accessLogName(this));
    this.customDomain = customDomain && new CustomDomain(this, 'CustomDomain', customDomain);
    this.api = this.#makeApi();
    this.stage = this.#makeStage(props.settings);
    this.activateUrl = this.#addRoutes(PATHS.activate, props.activate);
    this.callbackUrl = this.#addRoutes(PATHS.callback, props.callback);
    this.loginUrl = props.login && this.#addRoutes(PATHS.login, props.login);
  }

  #makeApi(): HttpApi {
    return new HttpApi(this, 'HttpApi', {
      apiName: Stack.of(this).stackName,
      description: 'Connects an Akeneo App with PIMs',
      createDefaultStage: false,
      ipAddressType: IpAddressType.DUAL_STACK,
      // Otherwise there would be a second address, at which browsers hold other cookies.
      disableExecuteApiEndpoint: this.customDomain !== undefined,
    });
  }

  /**
   * Throttling and detailed metrics are set together, because they are one object in CloudFormation:
   * with the metrics alone the limits come out as zero, and every request is refused.
   *
   * @see {@link https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html Throttling of an HTTP API}
   */
  #makeStage({ throttle, monitoring }: ApiSettings): HttpStage {
    return new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle,
      detailedMetricsEnabled: monitoring === 'full',
      accessLogSettings: accessLog(this.accessLogGroup, Stack.of(this).stackName),
      ...(this.customDomain && { domainMapping: { domainName: this.customDomain.domainName } }),
    });
  }

  /** @returns the address of the first path. */
  #addRoutes(paths: readonly [string, ...string[]], endpoint: HandlerFunction): string {
    const [first] = paths;
    const name = `Integration${first.slice(1)}`;
    const integration = new HttpLambdaIntegration(name, endpoint.alias);
    const methods = [HttpMethod.GET];
    const routes = paths.flatMap((path) => this.api.addRoutes({ path, methods, integration }));
    for (const route of routes)
      Validations.of(route).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason:
          'Browsers of people who have no account here open this address; what proves a request is the listed PIM, the state and the cookie of its flow.',
      });
    return `${this.#origin()}${first}`;
  }

  #origin(): string {
    return this.customDomain
      ? `https://${this.customDomain.domainName.name}`
      : this.api.apiEndpoint;
  }
}

/**
 * The name of the access log's group.
 *
 * API Gateway writes below `/aws/vendedlogs/` by one right for all groups. For each group elsewhere it adds a line to a
 * policy of the account, which holds 5,120 characters; when it is full, deployments fail. The group outlives its stack,
 * so a part of the stack's id is in the name: without it, a new stack of the same name could not create its own.
 *
 * @see {@link https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html Size of the resource policy}
 */
function accessLogName(api: ActivationApi): string {
  const stackUuid = Fn.select(2, Fn.split('/', Stack.of(api).stackId));
  const name = Names.uniqueResourceName(api, { separator: '-', maxLength: 200 });
  return `/aws/vendedlogs/apigateway/${name}-${Fn.select(0, Fn.split('-', stackUuid))}`;
}

/**
 * One JSON line for each request, made of named fields only.
 *
 * The route stands for the path, because the query of the callback holds the authorization code and the
 * `state`; no field of a header is there, because one of them is the cookie. `stack` is a constant by
 * which metrics made from these lines are told apart.
 *
 * @see {@link https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html Variables of an access log}
 */
function accessLog(logs: ILogGroup, stack: string): IAccessLogSettings {
  return {
    destination: new LogGroupLogDestination(logs),
    format: AccessLogFormat.custom(JSON.stringify(accessLogFields(stack))),
  };
}

function accessLogFields(stack: string): Readonly<Record<string, string>> {
  return {
    stack,
    time: AccessLogField.contextRequestTime(),
    requestId: AccessLogField.contextRequestId(),
    sourceIp: AccessLogField.contextIdentitySourceIp(),
    routeKey: '$context.routeKey',
    status: AccessLogField.contextStatus(),
    responseLength: AccessLogField.contextResponseLength(),
    responseLatency: AccessLogField.contextResponseLatency(),
    integrationStatus: '$context.integrationStatus',
    integrationLatency: AccessLogField.contextIntegrationLatency(),
    integrationError: '$context.integrationErrorMessage',
    error: '$context.error.message',
  };
}
