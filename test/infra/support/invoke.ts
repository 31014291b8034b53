import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { EmbeddedDynamoDb } from '../../../local/store/embedded-dynamodb.ts';

/** What a bundle printed and answered, of the last event. */
export interface Invocation {
  /** Its last line of log; nothing if there is none. */
  readonly log: Readonly<Record<string, unknown>>;
  readonly response: APIGatewayProxyStructuredResultV2;
  /** The modules of Node that loading and answering made it load, such as `NativeModule https`. */
  readonly loaded: readonly string[];
  /** The files that it ran or read: paths and URLs, each as often as it did. */
  readonly files: readonly string[];
}

/** What a bundle may see: nothing of the environment of the tests. */
export type Environment = Readonly<Record<string, string>>;

/** What the stack and Lambda set, with every AWS service at one address. */
export function bundleEnvironment(
  services: string,
  { region, tables }: Pick<EmbeddedDynamoDb['address'], 'region' | 'tables'>,
): Environment {
  return {
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'key',
    AWS_REGION: region,
    AWS_ENDPOINT_URL: services,
    STACK_NAME: 'Bundled',
    PIMS_TABLE: tables.pims,
    FLOWS_TABLE: tables.flows,
    CONNECTIONS_TABLE: tables.connections,
    CLIENTS_TABLE: tables.clients,
    CLIENT_SECRET_KEY_ID: 'key-2',
    TOKEN_KEY_ID: 'key-1',
    DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK: 'true',
  };
}

/**
 * Invokes a bundle in a process of its own, as a cold function.
 *
 * @param query of a request, or an event that is none, or several events that follow each other.
 */
export async function invoke(
  bundle: string,
  query: string | object | readonly object[],
  env: Environment,
  cookies: readonly string[] = [],
): Promise<Invocation> {
  const events = typeof query === 'string' ? [requestWith(query, cookies)] : [query].flat();
  const runner = fileURLToPath(new URL('./invoke.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [runner, bundle, ...events.map((event) => JSON.stringify(event))],
    { env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...env } },
  );
  const [seen = '', log = '{}'] = stdout.trimEnd().split('\n').toReversed();
  const { responses, ...others } = JSON.parse(seen) as Seen;
  const [response = {}] = responses.toReversed();
  return { log: JSON.parse(log) as Invocation['log'], response, ...others };
}

/** What `invoke.mjs` prints at its end. */
interface Seen extends Pick<Invocation, 'loaded' | 'files'> {
  readonly responses: readonly Invocation['response'][];
}

function requestWith(rawQueryString: string, cookies: readonly string[]): object {
  const requestContext = { requestId: 'r-1' };
  return { rawPath: '/callback', rawQueryString, cookies, headers: {}, requestContext };
}
