/** What to do here, where the pages and the runbook speak of a deployment and its command line. */
const HINTS: Readonly<Record<string, string>> = {
  pim_not_listed:
    'npm start lists one PIM. For another: stop it, then npm start -- --pim <address> --client-id <id>',
  client_credentials_refused:
    'The client secret was mistyped, or the PIM has a new one. Stop npm start, start it again and give the present one.',
};

/**
 * A line of the functions' JSON log for a person at a terminal:
 * `12:04:31  callback  connected  48 ms  http://localhost:3001`, with what to do below it where that is different here.
 */
export function readableLine(line: string): string {
  const entry = JSON.parse(line) as Readonly<Record<string, unknown>>;
  const told = ['pim', 'missingScopes', 'pimStatus', 'failure', 'dependency', 'errorName'];
  const details = told.map((name) => entry[name]).filter((value) => value !== undefined);
  const time = String(entry['timestamp']).slice(11, 19);
  const duration = `${Number(entry['Duration'])} ms`;
  const words = [time, entry['Endpoint'], entry['message'], duration, ...details];
  const hint = HINTS[String(entry['message'])];
  return words.map(String).join('  ') + (hint === undefined ? '' : `\n          next: ${hint}`);
}
