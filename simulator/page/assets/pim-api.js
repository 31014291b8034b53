/** An answer of the PIM that is no success. */
class PimError extends Error {
  constructor(status, message) {
    super(message);
    this.name = 'PimError';
    this.status = status;
  }
}

/**
 * Calls the PIM as its own page does: with the session's cookie, marked as XHR.
 *
 * @param {string} path below the PIM's URL, without a slash before it
 * @param {RequestInit} [options] as for `fetch`
 * @returns {Promise<unknown>} the answer's JSON
 * @throws {PimError} for any status but 2xx
 */
export async function callPim(path, options = {}) {
  const headers = { 'X-Requested-With': 'XMLHttpRequest' };
  const response = await fetch(new URL(path, document.baseURI), { ...options, headers });
  const body = await response.json();
  if (response.ok) return body;
  throw new PimError(response.status, body.message ?? body.errors?.[0]?.message ?? 'Refused.');
}

/** Changes the user of this browser: `manage`, `open` or `logged-out`. */
export function switchUser(mode) {
  return callPim('rest/simulator/user', { method: 'POST', body: new URLSearchParams({ mode }) });
}
