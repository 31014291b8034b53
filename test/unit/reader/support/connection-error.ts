import { inspect } from 'node:util';
import { expect } from 'vitest';
import { ConnectionError } from '../../../../reader/index.ts';
import { marksIn } from '../../../support/canary.ts';

/** The error that a call rejects with, after a check that it shows no secret however it is printed. */
export async function connectionError(call: Promise<unknown>): Promise<ConnectionError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ConnectionError))
    throw new Error(`not a ConnectionError: ${inspect(error)}`);
  const shown = [
    inspect(error, { depth: null, showHidden: true }),
    JSON.stringify(error),
    String(error),
    error.stack ?? '',
  ];
  expect(marksIn(shown.join('\n'))).toEqual([]);
  expect(Object.keys(error)).not.toContain('cause');
  return error;
}
