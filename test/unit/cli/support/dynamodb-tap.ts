import type { ServerResponse } from 'node:http';
import { httpServer, type Received } from '../../../support/http-server.ts';
import { pointSdkTo } from './aws.ts';

/** Calls the listener before each DynamoDB operation of this name on this table; the operation goes on after it. */
export async function beforeOperation(
  operation: string,
  table: string,
  listener: () => void | Promise<void>,
): Promise<void> {
  const target = process.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '';
  const { url } = await httpServer((response, request) => {
    const isMeant = String(request.headers['x-amz-target']).endsWith(`.${operation}`);
    const isOnTable = request.body.includes(`"TableName":"${table}"`);
    const heard = isMeant && isOnTable ? listener() : undefined;
    void Promise.resolve(heard).then(() => forward(request, target, response));
  });
  pointSdkTo({ ...process.env, AWS_ENDPOINT_URL_DYNAMODB: url });
}

async function forward(request: Received, target: string, response: ServerResponse): Promise<void> {
  const {
    authorization = '',
    'x-amz-date': date = '',
    'x-amz-target': action = '',
  } = request.headers;
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    authorization,
    'x-amz-date': String(date),
    'x-amz-target': String(action),
  };
  const answer = await fetch(target, { method: 'POST', headers, body: request.body });
  response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(await answer.text());
}
