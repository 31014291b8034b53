/**
 * One cold start: loads a bundle as Lambda's runtime does, invokes it once and writes to file descriptor 3
 * how long either took since the process began, in milliseconds.
 *
 * Plain JavaScript without an IPC channel, as a type stripper or the channel would load modules that
 * would then be missing from what is measured.
 */

const { BENCH_BUNDLE: bundle, BENCH_EVENT: event } = process.env;
const { writeSync } = process.getBuiltinModule('node:fs');
const context = { awsRequestId: 'invocation-1', getRemainingTimeInMillis: () => 20_000 };

const { handler } = await import(bundle);
const readyMs = performance.now();
const response = await handler(JSON.parse(event), context);
const totalMs = performance.now();
const { maxRSS: peakRssKiB, userCPUTime, systemCPUTime } = process.resourceUsage();
const cpuMs = (userCPUTime + systemCPUTime) / 1000;
writeSync(3, JSON.stringify({ readyMs, totalMs, cpuMs, peakRssKiB, response }));
process.exit();
