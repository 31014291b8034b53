/**
 * Writes a line of the log as it is. Not by `console`: under Lambda's JSON log format the runtime wraps
 * what `console` gets into an object of its own, and embedded metrics inside it are not found.
 */
export function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
