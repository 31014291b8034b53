/**
 * One function that is kept warm: loads a bundle, answers the event of the schedule, says so on file descriptor 3, and
 * answers one request when a line comes in on standard input. Writes how long that took, in milliseconds. Plain JavaScript
 * for the same reason as the probe of cold starts. Standard input is read by the event loop, as Lambda's runtime waits for
 * its next event, but without a stream, whose modules would be loaded for it.
 */
const { BENCH_BUNDLE: bundle, BENCH_EVENT: event, BENCH_KEEP_WARM: keepWarm } = process.env;
const { read, writeSync } = process.getBuiltinModule('node:fs');
const context = { awsRequestId: 'invocation-1', getRemainingTimeInMillis: () => 20_000 };

const { handler } = await import(bundle);
await handler(JSON.parse(keepWarm), context);
writeSync(3, 'warm\n');
await new Promise((resolve) => read(0, new Uint8Array(1), 0, 1, null, resolve));
const request = JSON.parse(event);
const start = performance.now();
const response = await handler(request, context);
const firstMs = performance.now() - start;
writeSync(3, JSON.stringify({ firstMs, response }));
process.exit();
