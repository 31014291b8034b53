import { type ColdResult, measureCold } from '../cold/measure.ts';
import { nodeVersion } from '../cold/start.ts';
import { verify } from '../cold/verify.ts';
import { lambdaEnvironment } from '../fixture.ts';
import { requireInstalled } from '../installed.ts';
import { resultOf } from '../report/results.ts';
import { startServices } from '../services/services.ts';
import { makeVariants, variantId } from './make.ts';
import { TECHNIQUES } from './techniques.ts';

/** What a technique is worth: the cold starts of the endpoints without it. */
export interface TechniqueResult {
  readonly leftOut: string;
  readonly activate: ColdResult;
  readonly callback: ColdResult;
}

/** A run of its own; the first result is of the bundles as they are deployed. */
export interface TechniqueResults {
  readonly node: string;
  readonly runs: number;
  readonly results: readonly TechniqueResult[];
}

/**
 * Starts the endpoints with each technique left out alone, all of them in turns, after each has answered rightly.
 *
 * @param folder for the bundles.
 */
export async function measureTechniques(
  runs: number,
  folder: string,
  progress: (text: string) => void,
): Promise<TechniqueResults> {
  requireInstalled();
  const services = await startServices();
  try {
    const environment = lambdaEnvironment(services.address);
    const variants = makeVariants(folder, services.address);
    progress('checking that the endpoints answer rightly without each technique');
    await verify(variants, environment, services);
    const cold = await measureCold(variants, runs, environment, progress);
    return { node: await nodeVersion(), runs, results: byTechnique(cold) };
  } finally {
    services.close();
  }
}

function byTechnique(cold: readonly ColdResult[]): TechniqueResult[] {
  return TECHNIQUES.map((technique) => ({
    leftOut: technique.label,
    activate: resultOf({ cold }, variantId(technique, 'activate')),
    callback: resultOf({ cold }, variantId(technique, 'callback')),
  }));
}
