import { isDeepStrictEqual } from 'node:util';
import type { Services } from '../services/services.ts';
import type { Variant } from '../variants.ts';
import { type ColdStart, startCold } from './start.ts';

/**
 * Lets every variant answer once and checks the answer and the calls behind it: what is fast because it
 * fails, or because it leaves a write out, is not measured.
 *
 * @throws {Error} naming the variant and what it did instead.
 */
export async function verify(
  variants: readonly Variant[],
  environment: Readonly<Record<string, string>>,
  services: Services,
): Promise<void> {
  await services.takeCalls();
  for (const variant of variants) {
    const start = await startCold(variant, environment);
    const calls = await services.takeCalls();
    if (!answersRightly(variant, start) || !isDeepStrictEqual(calls, variant.calls))
      throw new Error(
        `${variant.label} answers ${JSON.stringify(start.response)} after ${JSON.stringify(calls)}.`,
      );
  }
}

function answersRightly(variant: Variant, { response }: ColdStart): boolean {
  const location = response.headers?.['location'] ?? '';
  return (
    response.statusCode === variant.status &&
    location.startsWith(variant.location ?? '') &&
    (!variant.beginsFlow || carriesState(location))
  );
}

function carriesState(location: string): boolean {
  return Boolean(new URL(location).searchParams.get('state'));
}
