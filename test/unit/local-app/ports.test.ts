import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backEndEnvironment, pasteLines } from '../../../local/back-end-environment.ts';
import { readFirstPort } from '../../../local/network-options.ts';
import { keepPorts, keptPorts, portsOf } from '../../../local/ports.ts';

const KEPT = { app: 4000, pim: 4101, dynamodb: 4002, kms: 4003 };

describe('the ports of the local run', () => {
  it.each([
    [{}, undefined, { app: 3000, pim: 3001, dynamodb: 3002, kms: 3003 }],
    [{ port: 5000 }, undefined, { app: 5000, pim: 5001, dynamodb: 5002, kms: 5003 }],
    [{ port: 0 }, undefined, { app: 0, pim: 0, dynamodb: 0, kms: 0 }],
    [{ pimPort: 80, kmsPort: 81 }, undefined, { app: 3000, pim: 80, dynamodb: 3002, kms: 81 }],
    [{}, KEPT, KEPT],
    [{ dynamodbPort: 82 }, KEPT, { ...KEPT, dynamodb: 82 }],
    [{ port: 5000 }, KEPT, { app: 5000, pim: 5001, dynamodb: 5002, kms: 5003 }],
  ])('are, for %j and kept ones %j, %j', (chosen, kept, expected) => {
    expect(portsOf(chosen, kept)).toEqual(expected);
  });

  it('are kept in the folder of the data, if they are whole', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ports-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    expect(keptPorts(folder)).toBeUndefined();
    keepPorts(folder, KEPT);
    expect(keptPorts(folder)).toEqual(KEPT);
    expect(keptPorts(undefined)).toBeUndefined();
  });

  it('are counted from any that leaves room for three more', () => {
    expect(['auto', '0', '65532'].map(readFirstPort)).toEqual([0, 0, 65532]);
    expect(() => readFirstPort('65533')).toThrow('at most 65532');
    expect(() => readFirstPort('automatic')).toThrow('number');
  });
});

describe('the variables of a back end', () => {
  const tables = { pims: 'Pims', clients: 'Clients', flows: 'Flows', connections: 'Connections' };
  const endpoint = 'http://127.0.0.1:3002';
  const app = {
    dynamoDb: { address: { endpoint, region: 'eu-west-1', tables } },
    kms: {
      address: {
        endpoint: 'http://127.0.0.1:3003',
        keyId: 'arn:aws:kms:eu-west-1:000000000000:key/tokens',
      },
    },
  };
  const variables = backEndEnvironment(app);

  it('have what an App needs that is told who opens it', () => {
    const loginUrl = 'http://localhost:3000/login';
    expect(variables).not.toHaveProperty('AKENEO_APP_LOGINS_TABLE');
    expect(backEndEnvironment({ ...app, loginUrl })).toMatchObject({
      AKENEO_APP_LOGINS_TABLE: 'Logins',
      AKENEO_APP_LOGIN_URL: loginUrl,
    });
  });

  it.each([
    ['win32', "$env:AWS_ENDPOINT_URL_DYNAMODB = 'http://127.0.0.1:3002'"],
    ['linux', 'export AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:3002'],
    ['darwin', 'export AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:3002'],
  ] as const)('can be pasted on %s', (platform, line) => {
    expect(pasteLines(variables, platform)).toContain(line);
  });
});
