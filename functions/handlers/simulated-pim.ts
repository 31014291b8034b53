import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { readEnvironment, SIMULATED_PIM_VARIABLES } from '../environment.ts';
import { answerAsPim, type SimulatedPimAnswer } from '../simulated-pim.ts';

const env = readEnvironment(process.env, SIMULATED_PIM_VARIABLES);

/** The Lambda function of the simulated PIM. It logs nothing. */
export async function handler(event: APIGatewayProxyEventV2): Promise<SimulatedPimAnswer> {
  const { requestContext, rawPath: path, rawQueryString, headers } = event;
  const { method } = requestContext.http;
  const parameters = new URLSearchParams(method === 'POST' ? bodyOf(event) : rawQueryString);
  const { authorization = '' } = headers;
  return answerAsPim({ method, path, parameters, authorization }, env.CALLBACK_URL);
}

/** The gateway encodes the body of a form. */
function bodyOf({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): string {
  return isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
}
