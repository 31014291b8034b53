/**
 * Lets Node take a name below `localhost` for this machine, as browsers do. Without it a name server is asked, which
 * knows none: so the addresses of the emulator's APIs end.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6761#section-6.3 RFC 6761, section 6.3}
 */
const dns = require('node:dns');

const { lookup } = dns;
dns.lookup = (hostname, ...others) =>
  lookup(hostname.endsWith('.localhost') ? '127.0.0.1' : hostname, ...others);
