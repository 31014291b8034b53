/**
 * Text from a table or from the network, made safe to print: control characters, with which it could rewrite what
 * the terminal shows, become `�`.
 */
export function plain(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '\u{fffd}');
}

/** ISO 8601 in UTC to the second, or a dash for a time that never was. */
export function timeText(epochMs: number | undefined): string {
  return epochMs === undefined ? '-' : `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
