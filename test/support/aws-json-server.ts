import { httpServer } from './http-server.ts';

/** A call that an {@link AwsJsonServer} has received. */
export interface AwsCall {
  /** Such as `GetSecretValue`. */
  readonly operation: string;
  readonly input: unknown;
}

/** Answers the call with the given number, counted from 0: a status, and an output or error as JSON. */
export type AwsAnswer = (index: number) => readonly [status: number, body: object];

export interface AwsJsonServer {
  /** What an SDK client needs to talk to this server and to nobody else. */
  readonly config: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: number;
  };
  readonly calls: readonly AwsCall[];
}

/** A server that speaks AWS's JSON 1.1 protocol, for real SDK clients; it ends with the test. */
export async function awsJsonServer(answer: AwsAnswer): Promise<AwsJsonServer> {
  const calls: AwsCall[] = [];
  const { url } = await httpServer((response, { headers, body }, index) => {
    const operation = String(headers['x-amz-target']).split('.').at(-1) ?? '';
    calls.push({ operation, input: JSON.parse(body) as unknown });
    const [status, output] = answer(index);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(output));
  });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return { config: { endpoint: url, region: 'eu-west-1', credentials, maxAttempts: 1 }, calls };
}

/** An error of the protocol, with a message that nobody may quote. */
export function awsError(type: string): readonly [number, object] {
  return [400, { __type: type, message: 'quoted secret' }];
}
