import { coldSharesOf, type Journey, journeys } from './journey.ts';
import { type Results, resultOf, totalOf } from './results.ts';

/** The peers and which of our endpoints each is the nearest to. */
const PEERS = {
  grant: 'activate',
  shopify: 'activate',
  akeneoSample: 'activate',
  akeneoSampleCallback: 'callback',
} as const;

/** The bench's last line under `--json`: ratios of medians, and medians of ready plus first response. */
export function jsonLine(results: Results): string {
  const { warm } = results;
  return JSON.stringify({
    cold: {
      activate: endpoint(results, 'activate'),
      callback: endpoint(results, 'callback'),
      peers: Object.fromEntries(
        Object.entries(PEERS).map(([id, ours]) => [id, peer(results, id, ours)]),
      ),
    },
    warm,
    journey: Object.fromEntries(
      Object.entries(journeys(results)).map(([name, measured]) => [name, journeyOf(measured)]),
    ),
    coldShare: Object.fromEntries(
      coldSharesOf(results).map((shares) => [
        shares.opensPerDay,
        { with: shares.with.share, without: shares.without.share },
      ]),
    ),
    bundles: { activate: bundle(results, 'activate'), callback: bundle(results, 'callback') },
  });
}

function endpoint(results: Results, id: 'activate' | 'callback'): object {
  const ms = totalOf(results, id);
  return {
    ms: rounded(ms, 1),
    ratioToPlain: rounded(ms / totalOf(results, `${id}Plain`), 3),
    ratioToFloor: rounded(ms / totalOf(results, `${id}Floor`), 3),
    ratioToEmpty: rounded(ms / totalOf(results, 'empty'), 3),
  };
}

/** Cold in milliseconds, kept warm likewise, and cold to the plain build. */
function journeyOf({ coldMs, warmMs, plainMs }: Journey): object {
  return {
    coldMs: rounded(coldMs, 1),
    warmMs: rounded(warmMs, 1),
    ratioToPlain: rounded(coldMs / plainMs, 3),
  };
}

/** `ratioToOurs` above 1: the peer takes longer. */
function peer(results: Results, id: string, ours: 'activate' | 'callback'): object {
  const ms = totalOf(results, id);
  return { ms: rounded(ms, 1), ratioToOurs: rounded(ms / totalOf(results, ours), 3) };
}

function bundle(results: Results, id: string): object {
  return { bytes: resultOf(results, id).bundleBytes };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
