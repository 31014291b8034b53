import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type ConsumedFlow, returnedSilently } from '../../../functions/activation/flow.ts';
import { callService, ServiceError } from '../../../functions/activation/ports.ts';
import { rejectionOf } from '../../support/rejection.ts';

describe('ServiceError', () => {
  const cause = new RangeError('quoted secret');
  const outage = new ServiceError('dynamodb', cause);

  it('names the service and the kind of its cause', () => {
    expect(outage).toMatchObject({
      name: 'ServiceError',
      message: 'dynamodb is unavailable',
      dependency: 'dynamodb',
      causeName: 'RangeError',
    });
  });

  it('shows nothing of its cause but the name, however it is printed', () => {
    for (const text of [String(outage), JSON.stringify(outage), inspect(outage), outage.stack])
      expect(text).not.toContain('quoted secret');
  });

  it.each([['a text'], [undefined], [{ name: 'Fake' }]])(
    'knows no name for a cause of %j',
    (thrown) => {
      expect(new ServiceError('kms', thrown).causeName).toBe('unknown');
    },
  );
});

describe('guard', () => {
  it('gives back what the call gives', async () => {
    expect(await callService('kms', Promise.resolve(7))).toBe(7);
  });

  it('turns its failure into an outage of the service', async () => {
    const failing = callService('dynamodb', Promise.reject(new TypeError('down')));
    const outage = await rejectionOf(failing);
    expect(outage).toBeInstanceOf(ServiceError);
    expect(outage).toMatchObject({ dependency: 'dynamodb', causeName: 'TypeError' });
  });
});

describe('returnedSilently', () => {
  it.each([
    [0, true],
    [4_999, true],
    [5_000, false],
    [30 * 60 * 1000, false],
  ])('after %i ms: %s', (ms, silent) => {
    const times = { startedAt: 1_000, consumedAt: 1_000 + ms };
    expect(returnedSilently(times as ConsumedFlow)).toBe(silent);
  });
});
