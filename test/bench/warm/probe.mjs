/**
 * Warm requests in one process: loads the bundles, warms them up, measures, writes the result to file
 * descriptor 3. Plain JavaScript for the same reason as the probe of cold starts.
 */
import { writeSync } from 'node:fs';

const { BENCH_WARM } = process.env;
const { bundles, events, requests } = JSON.parse(BENCH_WARM);
const BLOCKS = 20;
const WARM_UP = 300;
const AT_ONCE = 16;
/** Few enough that no collection happens among them: the young generation is made that large. */
const COUNTED = 20;

const context = { awsRequestId: 'invocation-1', getRemainingTimeInMillis: () => 20_000 };
const sdk = await import(bundles.sdkCalls);

async function respond(handler, event, status) {
  const { statusCode } = await handler(JSON.parse(event), context);
  if (statusCode !== status) throw new Error(`The handler answers ${statusCode}.`);
}

async function inTurn(work, times) {
  const latencies = [];
  const cpu = process.cpuUsage();
  for (let count = 0; count < times; count += 1) {
    const start = performance.now();
    await work();
    latencies.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(cpu);
  return { latencies, cpuMs: (user + system) / 1000 / times };
}

async function atOnce(work, times) {
  let left = times;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await work();
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return times / ((performance.now() - start) / 1000);
}

/** The most of a few tries, as a collection in between would take away from the difference. */
async function allocated(work) {
  const tries = [];
  for (let count = 0; count < 5; count += 1) tries.push(await heapGrowth(work));
  return Math.max(...tries);
}

async function heapGrowth(work) {
  globalThis.gc();
  const before = process.memoryUsage();
  for (let count = 0; count < COUNTED; count += 1) await work();
  const after = process.memoryUsage();
  return (after.heapUsed - before.heapUsed) / COUNTED / 1024;
}

async function measure(handler, event, status, sdkCalls) {
  const own = () => respond(handler, event, status);
  await inTurn(own, WARM_UP);
  await inTurn(sdkCalls, WARM_UP);
  const blocks = [];
  for (let block = 0; block < BLOCKS; block += 1)
    blocks.push({
      own: await inTurn(own, Math.ceil(requests / BLOCKS)),
      sdk: await inTurn(sdkCalls, Math.ceil(requests / BLOCKS)),
    });
  return {
    latencies: blocks.flatMap(({ own: { latencies } }) => latencies),
    cpuMs: blocks.map(({ own: { cpuMs } }) => cpuMs),
    sdkCpuMs: blocks.map(({ sdk: { cpuMs } }) => cpuMs),
    requestsPerSecond: await atOnce(own, requests),
    allocatedKiB: await allocated(own),
  };
}

const { handler: activate } = await import(bundles.activate);
const { handler: callback } = await import(bundles.callback);
const result = {
  activate: await measure(activate, events.activate, 302, sdk.activate),
  callback: await measure(callback, events.callback, 303, sdk.callback),
};
writeSync(3, JSON.stringify(result));
process.exit();
