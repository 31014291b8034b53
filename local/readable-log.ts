/**
 * A line of the functions' JSON log for a person at a terminal:
 * `12:04:31  callback  connected  48 ms  http://localhost:3001`.
 */
export function readableLine(line: string): string {
  const entry = JSON.parse(line) as Readonly<Record<string, unknown>>;
  const told = ['pim', 'missingScopes', 'pimStatus', 'disturbance', 'dependency', 'errorName'];
  const details = told.map((name) => entry[name]).filter((value) => value !== undefined);
  const time = String(entry['timestamp']).slice(11, 19);
  const duration = `${Number(entry['Duration'])} ms`;
  return [time, entry['Endpoint'], entry['message'], duration, ...details].map(String).join('  ');
}
