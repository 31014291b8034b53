/**
 * Runs a bundle as Lambda does: in a process of its own, with nothing around it but its environment.
 *
 * Arguments: the bundle's file, then one or more events as JSON. Prints a line of JSON after whatever the function
 * printed: its answers, the modules of Node that it made Node load, and the files that it ran or read.
 */
import fs from 'node:fs';
import { Session } from 'node:inspector';
import { syncBuiltinESMExports } from 'node:module';

const files = [];

/** A script is parsed when a module is loaded, whichever way. */
const session = new Session();
session.connect();
session.on('Debugger.scriptParsed', ({ params }) => files.push(params.url));
session.post('Debugger.enable');

for (const name of ['readFileSync', 'readdirSync', 'existsSync', 'statSync']) {
  const original = fs[name];
  fs[name] = (path, ...others) => {
    files.push(String(path));
    return original(path, ...others);
  };
}
syncBuiltinESMExports();

const [, , bundle, ...events] = process.argv;
const loadedBefore = new Set(process.moduleLoadList);
files.length = 0;
const { handler } = await import(bundle);
const context = { awsRequestId: 'invocation-1', getRemainingTimeInMillis: () => 20_000 };
const responses = [];
for (const event of events) responses.push(await handler(JSON.parse(event), context));
const loaded = process.moduleLoadList.filter((module) => !loadedBefore.has(module));
process.stdout.write(`${JSON.stringify({ responses, loaded, files })}\n`);
