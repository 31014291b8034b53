import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { type IAccessLogSettings, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';

/**
 * One JSON line for each request, made of named fields only.
 *
 * The route stands for the path, because the query of the callback holds the authorization code and the
 * `state`; no field of a header is there, because one of them is the cookie. `stack` is a constant by
 * which metrics made from these lines are told apart.
 *
 * @see {@link https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html Variables of an access log}
 */
export function accessLog(logGroup: ILogGroup, stack: string): IAccessLogSettings {
  return {
    destination: new LogGroupLogDestination(logGroup),
    format: AccessLogFormat.custom(JSON.stringify(fields(stack))),
  };
}

function fields(stack: string): Readonly<Record<string, string>> {
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
