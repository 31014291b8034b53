import { describe, expect, it } from 'vitest';
import { type ConsumedFlow, returnedSilently } from '../../../functions/activation/flow.ts';
import { guard, Outage } from '../../../functions/activation/outage.ts';
import { rejectionOf } from '../../support/rejection.ts';

describe('Outage', () => {
  const cause = new RangeError('quoted secret');
  const outage = new Outage('dynamodb', cause);

  it('names the service and the kind of its cause', () => {
    expect(outage).toMatchObject({
      name: 'Outage',
      message: 'dynamodb is unavailable',
      dependency: 'dynamodb',
      causeName: 'RangeError',
    });
  });

  it('keeps its cause for the debugger alone', () => {
    expect(outage.cause).toBe(cause);
    expect(Object.keys(outage)).not.toContain('cause');
    expect(JSON.stringify(outage)).toBe('{"name":"Outage","dependency":"dynamodb"}');
    expect(String(outage)).not.toContain('quoted secret');
  });

  it.each([['a text'], [undefined], [{ name: 'Fake' }]])(
    'knows no name for a cause of %j',
    (thrown) => {
      expect(new Outage('kms', thrown).causeName).toBe('unknown');
    },
  );
});

describe('guard', () => {
  it('gives back what the call gives', async () => {
    expect(await guard('kms', Promise.resolve(7))).toBe(7);
  });

  it('turns its failure into an outage of the service', async () => {
    const cause = new Error('down');
    const outage = await rejectionOf(guard('secrets-manager', Promise.reject(cause)));
    expect(outage).toBeInstanceOf(Outage);
    expect(outage).toMatchObject({ dependency: 'secrets-manager', cause });
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
