/**
 * Runs a bundle as Lambda does: in a process of its own, with nothing around it but its environment.
 *
 * Arguments: the bundle's file, then an event as JSON. Prints the response as the last line, after
 * whatever the function printed.
 */
const [, , bundle, event] = process.argv;
const { handler } = await import(bundle);
const context = { awsRequestId: 'invocation-1', getRemainingTimeInMillis: () => 20_000 };
const response = await handler(JSON.parse(event), context);
process.stdout.write(`${JSON.stringify(response)}\n`);
