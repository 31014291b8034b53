/**
 * Makes an element. Text goes in as text, never as HTML.
 *
 * @param {string} tag the element's name
 * @param {Record<string, string | boolean | EventListener>} [attributes] attributes, properties
 *   for booleans, listeners for functions under the event's name
 * @param {...(Node | string)} children what it contains
 * @returns {HTMLElement} the element
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (typeof value === 'boolean') made.toggleAttribute(name, value);
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** A button; its text is its accessible name. */
export function button(text, onClick, attributes = {}) {
  return element('button', { type: 'button', click: onClick, ...attributes }, text);
}

/** A list of scopes in plain words, each with its OAuth name. Those for which `isNew` returns true are marked. */
export function scopeList(messages, isNew = () => false) {
  if (messages.length === 0) return element('p', { class: 'quiet' }, 'No access to any data.');
  const items = messages.map(({ scope, message }) =>
    element(
      'li',
      isNew(scope) ? { class: 'new' } : {},
      `${isNew(scope) ? 'New: ' : ''}${message} `,
      element('code', {}, scope),
    ),
  );
  return element('ul', { class: 'scopes' }, ...items);
}

/** An App's logo, or a tile with its first letter. Its name stands beside it. */
export function appLogo({ name, logo }) {
  if (logo) return element('img', { class: 'logo', src: logo, alt: '' });
  return element('span', { class: 'logo', 'aria-hidden': 'true' }, name.slice(0, 1).toUpperCase());
}

/** A secret that can be read and copied, with its label. */
export function secretField(label, secret) {
  const field = element('input', { class: 'secret', value: secret, readonly: true });
  const copy = button('Copy', async () => {
    field.select();
    await navigator.clipboard.writeText(secret);
    announce('Copied.');
  });
  return element(
    'p',
    { class: 'secret-row' },
    element('label', { class: 'secret-label' }, label, field),
    copy,
  );
}

/** Tells something to everyone, screen readers included. */
export function announce(text) {
  document.querySelector('#status').textContent = text;
}

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
