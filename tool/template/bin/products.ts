/** Reads products on this machine, of the PIM that `npm start` simulates. */
import { handler } from '../lib/back-end.ts';

// biome-ignore lint/suspicious/noConsole: this is what a person runs it for.
console.log(await handler());
