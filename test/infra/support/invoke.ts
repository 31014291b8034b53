import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** What a bundle printed and answered. */
export interface Invocation {
  /** Its one line of log; nothing if there is none. */
  readonly log: Readonly<Record<string, unknown>>;
  readonly response: APIGatewayProxyStructuredResultV2;
  /** The modules of Node that loading and answering made it load, such as `NativeModule https`. */
  readonly loaded: readonly string[];
}

/** What a bundle may see: nothing of the environment of the tests. */
export type Environment = Readonly<Record<string, string>>;

/**
 * Invokes a bundle once in a process of its own, as a cold function.
 *
 * @param query of a request, or an event that is none.
 */
export async function invoke(
  bundle: string,
  query: string | object,
  env: Environment,
  cookies: readonly string[] = [],
): Promise<Invocation> {
  const event = typeof query === 'string' ? requestWith(query, cookies) : query;
  const runner = fileURLToPath(new URL('./invoke.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [runner, bundle, JSON.stringify(event)],
    { env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...env } },
  );
  const [loaded = '', response = '', log = '{}'] = stdout.trimEnd().split('\n').toReversed();
  return {
    log: JSON.parse(log) as Invocation['log'],
    response: JSON.parse(response) as Invocation['response'],
    loaded: JSON.parse(loaded) as Invocation['loaded'],
  };
}

function requestWith(rawQueryString: string, cookies: readonly string[]): object {
  const requestContext = { requestId: 'r-1' };
  return { rawPath: '/callback', rawQueryString, cookies, headers: {}, requestContext };
}
