/** Characters of the bar itself; with its text it fits a terminal of 80 columns. */
const WIDTH = 30;

/** A bar such as `[███████░░░] 70 of 100`; work that grew meanwhile fills it, no more. */
export function progressBar(done: number, total: number): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const full = Math.floor(share * WIDTH);
  return `[${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}] ${done} of ${total}`;
}
