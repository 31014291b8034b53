import { makeBundles } from './bundles/bundles.ts';
import { measureCold } from './cold/measure.ts';
import { nodeVersion } from './cold/start.ts';
import { verify } from './cold/verify.ts';
import { lambdaEnvironment } from './fixture.ts';
import { requireInstalled } from './installed.ts';
import { measureKeptWarm } from './kept-warm/measure.ts';
import type { Options } from './options.ts';
import type { Results } from './report/results.ts';
import { isRicBuilt, measureRic } from './ric/measure.ts';
import { type Services, startServices } from './services/services.ts';
import { type Variant, variants } from './variants.ts';
import { measureWarm } from './warm/measure.ts';

type Progress = (text: string) => void;
type Environment = Readonly<Record<string, string>>;

/**
 * The whole bench: bundles everything, checks that each variant answers rightly, measures.
 *
 * @param folder for the bundles; outside of the project, whose package.json would change how they load.
 */
export async function bench(
  options: Options,
  folder: string,
  progress: Progress,
): Promise<Results> {
  requireInstalled();
  progress('cdk synth');
  const bundles = await makeBundles(folder);
  const services = await startServices();
  try {
    const all = variants(bundles, services.address);
    const environment = lambdaEnvironment(services.address);
    const cold = await coldStarts(all, options, environment, services, progress);
    progress(`warm requests: ${options.requests} of each endpoint`);
    const warm = await measureWarm(bundles, services.address, options.requests, environment);
    const ric = await ricStarts(all, options, environment, progress);
    const keptWarm = await measureKeptWarm(all, options, environment, services, progress);
    const node = await nodeVersion();
    return { node, runs: options.runs, cold, ...(ric && { ric }), warm, keptWarm };
  } finally {
    services.close();
  }
}

async function coldStarts(
  all: readonly Variant[],
  { runs }: Options,
  environment: Environment,
  services: Services,
  progress: Progress,
) {
  progress('checking that every variant answers rightly');
  await verify(all, environment, services);
  return measureCold(all, runs, environment, progress);
}

/** Ours and what they are compared with; the peers have said what they can. */
async function ricStarts(
  all: readonly Variant[],
  { runs }: Options,
  environment: Environment,
  progress: Progress,
) {
  if (isRicBuilt()) {
    const compared = all.filter(({ lessWork }) => lessWork === undefined);
    return measureRic(compared, runs, environment, progress);
  }
  progress(
    "Lambda's runtime interface client is not built, so it is skipped: npm ci --prefix test/bench/ric",
  );
  return undefined;
}
