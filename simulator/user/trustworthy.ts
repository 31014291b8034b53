/**
 * Whether a host means this machine by its name: browsers resolve `localhost` and everything below
 * it to the loopback interface, without asking a name server.
 *
 * @param hostname as in `URL.hostname`
 * @see RFC 6761 §6.3
 */
export function isLocalhostName(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost');
}

/**
 * Whether a browser lets this URL set and get `Secure` cookies: https, or plain http to this
 * machine.
 *
 * @see https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy
 */
export function isTrustworthy(url: URL): boolean {
  const { protocol, hostname } = url;
  if (protocol === 'https:' || isLocalhostName(hostname)) return true;
  return hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname);
}
