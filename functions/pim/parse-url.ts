/**
 * The URL that a text is, or nothing.
 *
 * `URL.canParse` is the obvious way and a trap: on Node 20 and 22, once V8 has optimised it (after some
 * thousand calls in one process), it takes Latin-1 text for UTF-8 and refuses `https://pim.bücher.example`.
 *
 * @see {@link https://github.com/AikidoSec/firewall-node/pull/1086 the same, met by others}
 */
export function parseUrl(raw: string): URL | undefined {
  try {
    return new URL(raw);
  } catch {
    return undefined;
  }
}
