import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLIENT_CONFIG } from '../../functions/store/clients.ts';
import { httpServer, type TestServer } from '../support/http-server.ts';
import { AgentWithoutNetwork, service, stubCredentials } from './support/aws-service.ts';
import { type BundledSdk, loadBundledSdk } from './support/bundled-sdk.ts';
import { ONE_OF_EACH_CLIENT } from './support/commands.ts';

let sdk: BundledSdk;
beforeAll(async () => {
  sdk = await loadBundledSdk();
});

beforeEach(() => {
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
  stubCredentials('first');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** As the functions make their clients. */
const deployed = ({ url }: Pick<TestServer, 'url'>) => ({
  ...CLIENT_CONFIG,
  endpoint: url,
  region: 'eu-west-1',
});

describe.each(ONE_OF_EACH_CLIENT)(
  'the bundled client of $name, as deployed,',
  ({ send, answer }) => {
    it('tries again after a failure of the service', async () => {
      const aws = await service([500, { __type: 'InternalServerError' }], [200, answer]);
      await send(sdk, deployed(aws));
      expect(aws.received).toHaveLength(2);
    });

    it('tries again after a lost connection', async () => {
      const aws = await httpServer((response, _request, index) => {
        if (index === 0) response.socket?.resetAndDestroy();
        else response.end(JSON.stringify(answer));
      });
      await send(sdk, deployed(aws));
      expect(aws.received).toHaveLength(2);
    });

    it('gives up after as many attempts as the functions allow', async () => {
      const aws = await service([500, { __type: 'InternalServerError' }]);
      await expect(send(sdk, deployed(aws))).rejects.toMatchObject({ name: 'InternalServerError' });
      expect(aws.received).toHaveLength(CLIENT_CONFIG.maxAttempts);
    });

    // The settings of the functions were tested nowhere: without `throwOnRequestTimeout` such a call hangs for ever.
    it('gives up calls that are not answered in time', async () => {
      const aws = await httpServer(() => undefined);
      const requestHandler = { ...CLIENT_CONFIG.requestHandler, requestTimeout: 50 };
      const sent = send(sdk, { ...deployed(aws), requestHandler });
      await expect(sent).rejects.toMatchObject({ name: 'TimeoutError' });
      expect(aws.received).toHaveLength(CLIENT_CONFIG.maxAttempts);
    });

    it('gives up connections that do not open in time', async () => {
      const httpAgent = new AgentWithoutNetwork();
      const requestHandler = { ...CLIENT_CONFIG.requestHandler, connectionTimeout: 50, httpAgent };
      const sent = send(sdk, { ...deployed({ url: 'http://127.0.0.1' }), requestHandler });
      await expect(sent).rejects.toMatchObject({ name: 'TimeoutError' });
      expect(httpAgent.connections).toBe(CLIENT_CONFIG.maxAttempts);
    });
  },
);
