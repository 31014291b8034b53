/**
 * Runs a bundle as Lambda does: in a process of its own, with nothing around it but its environment.
 *
 * Arguments: the bundle's file, then an event as JSON. Prints two lines of JSON after whatever the function
 * printed: the response, and which modules of Node the function made it load.
 */
const [, , bundle, event] = process.argv;
const loadedBefore = new Set(process.moduleLoadList);
const { handler } = await import(bundle);
const context = { awsRequestId: 'invocation-1', getRemainingTimeInMillis: () => 20_000 };
const response = await handler(JSON.parse(event), context);
const loaded = process.moduleLoadList.filter((module) => !loadedBefore.has(module));
process.stdout.write(`${JSON.stringify(response)}\n${JSON.stringify(loaded)}\n`);
