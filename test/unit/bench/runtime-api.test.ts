import { describe, expect, it, onTestFinished } from 'vitest';
import { type RuntimeApi, startRuntimeApi } from '../../bench/ric/runtime-api.ts';

const EVENT = JSON.stringify({ rawQueryString: 'pim_url=a' });

async function runtimeApi(): Promise<RuntimeApi> {
  const api = await startRuntimeApi(EVENT);
  onTestFinished(() => api.close());
  return api;
}

/** A path of the Runtime API below its version. */
function urlOf({ address }: RuntimeApi, path: string): string {
  return `http://${address}/2018-06-01/runtime/${path}`;
}

function post(api: RuntimeApi, path: string, body: object): Promise<Response> {
  return fetch(urlOf(api, path), { method: 'POST', body: JSON.stringify(body) });
}

describe('the Runtime API of the bench', () => {
  it('gives a runtime the event with what names the invocation', async () => {
    const api = await runtimeApi();
    const next = await fetch(urlOf(api, 'invocation/next'));
    expect(await next.text()).toBe(EVENT);
    expect(next.headers.get('lambda-runtime-aws-request-id')).toBe('invocation-1');
    expect(Number(next.headers.get('lambda-runtime-deadline-ms'))).toBeGreaterThan(Date.now());
    expect(next.headers.get('lambda-runtime-invoked-function-arn')).toMatch(/^arn:aws:lambda:/);
  });

  it('takes the time when the runtime asks for the event and when it answers', async () => {
    const api = await runtimeApi();
    const startedAt = performance.now();
    await fetch(urlOf(api, 'invocation/next'));
    const answer = await post(api, 'invocation/invocation-1/response', { statusCode: 302 });
    expect(answer.status).toBe(202);
    const { readyAt, answeredAt, response } = await api.invocation;
    expect(response).toEqual({ statusCode: 302 });
    expect(readyAt).toBeGreaterThanOrEqual(startedAt);
    expect(answeredAt).toBeGreaterThanOrEqual(readyAt);
    expect(answeredAt).toBeLessThanOrEqual(performance.now());
  });

  it('has no second event, and lets the runtime wait until it closes', async () => {
    const api = await runtimeApi();
    await fetch(urlOf(api, 'invocation/next'));
    const second = fetch(urlOf(api, 'invocation/next'));
    await post(api, 'invocation/invocation-1/response', { statusCode: 204 });
    await api.invocation;
    api.close();
    await expect(second).rejects.toThrow();
  });

  it.each(['init/error', 'invocation/invocation-1/error'])(
    'fails with what the runtime reports at %s',
    async (path) => {
      const api = await runtimeApi();
      const reported = post(api, path, { errorType: 'Runtime.ImportModuleError' });
      await expect(api.invocation).rejects.toThrow('Runtime.ImportModuleError');
      await reported;
    },
  );
});
