import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { explainError } from '../../../cli/explain-error.ts';
import { awsClients } from '../../../cli/session.ts';
import { ServiceError } from '../../../functions/activation/ports.ts';
import { httpServer, rawServer } from '../../support/http-server.ts';
import { rejectionOf } from '../../support/rejection.ts';
import { untrustedServer } from '../../support/tls.ts';
import { pointSdkTo } from './support/aws.ts';
import { operate } from './support/operate.ts';

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

/** Has the first call of a command, which looks the stack up, go elsewhere. */
function pointCommandTo(url: string): void {
  pointSdkTo({
    ...CREDENTIALS,
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL_CLOUDFORMATION: url,
  });
}

describe('a command that gets no answer of AWS', () => {
  it('says that nobody is there', async () => {
    pointCommandTo('http://127.0.0.1:1');
    const { exit, stderr } = await operate(['pims', 'list']);
    expect(exit).toBe(1);
    expect(stderr).toContain('AWS could not be reached (ECONNREFUSED)');
  });

  it('gives up a call that hangs, after three attempts (the SDK alone would wait on)', async () => {
    const { url, received } = await httpServer(() => {});
    pointSdkTo({ ...CREDENTIALS, AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL_DYNAMODB: url });
    const { dynamoDb } = awsClients({}, 50);
    const error = await rejectionOf(dynamoDb.send(new ListTablesCommand({})));
    expect(received).toHaveLength(3);
    expect(explainError(error).message).toBe('AWS could not be reached (ETIMEDOUT).');
  });

  it('takes no error of the network for an answer, although the SDK adds $metadata to it', async () => {
    pointCommandTo((await rawServer((socket) => socket.end('no HTTP'))).replace('http', 'https'));
    const { stderr } = await operate(['pims', 'list']);
    expect(stderr).toContain('AWS could not be reached (EPROTO)');
    expect(stderr).not.toContain('CloudTrail');
  });

  it('says how to trust the proxy of a company', async () => {
    pointCommandTo(await untrustedServer());
    const { exit, stderr } = await operate(['pims', 'list']);
    expect(exit).toBe(1);
    expect(stderr).toContain('is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)');
    expect(stderr).toContain('NODE_EXTRA_CA_CERTS');
  });

  it('explains a region that is missing, or can be none', async () => {
    pointSdkTo({ ...CREDENTIALS, AWS_REGION: undefined });
    const missing = await operate(['pims', 'list']);
    expect(missing.exit).toBe(1);
    expect(missing.stderr).toContain('--region');
    const impossible = await operate(['pims', 'list', '--region', 'eu west 1']);
    expect(impossible.exit).toBe(1);
    expect(impossible.stderr).toContain('cannot be the name of an AWS region');
    expect(impossible.stderr).toContain('--region eu-west-1');
  });

  it('takes a host name that does not resolve for a misspelt region', () => {
    const unresolved = { code: 'ENOTFOUND', $metadata: { attempts: 3, totalRetryDelay: 100 } };
    const { message, next } = explainError(Object.assign(new Error('CANARY'), unresolved));
    expect(message).toBe('The host name of AWS does not resolve (ENOTFOUND).');
    expect(next).toContain('--region eu-west-1');
  });

  it('takes an unknown error without an HTTP status for a defect, and names the version', () => {
    const unknown = { code: 'EWEIRD', $metadata: { attempts: 1, totalRetryDelay: 0 } };
    const { message, next } = explainError(Object.assign(new Error('CANARY'), unknown));
    expect(message).toBe('Something unexpected went wrong: Error.');
    expect(next).toContain('"npm run app -- --version"');
  });

  it('explains the outage of a service by the name of its cause, all that is known of it', () => {
    const cause = Object.assign(new Error('CANARY'), { name: 'AccessDeniedException' });
    const explained = (error: Error) => explainError(new ServiceError('dynamodb', error)).message;
    expect(explained(cause)).toBe('These AWS credentials may not do this.');
    expect(explained(new Error('CANARY'))).toBe('dynamodb is unavailable (Error).');
  });
});
