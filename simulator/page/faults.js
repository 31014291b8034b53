import { announce, button, callPim, element } from './elements.js';

/** What goes wrong on request: faults of the PIM, and requests that no PIM sends. */
export async function faultsPage(render) {
  const [{ faults, ordered }, { apps }] = await Promise.all([
    callPim('rest/simulator/faults'),
    callPim('rest/simulator/state'),
  ]);
  const rows = faults.map((fault) => faultRow(fault, render));
  const [app] = apps;
  return {
    title: 'Faults',
    section: 'Only in the simulation',
    content: [
      element('p', {}, 'Order a fault, then connect the App or open it. It happens that once.'),
      orderedText(ordered, render),
      element('ul', { class: 'faults' }, ...rows),
      ...(app ? strayRequests(app) : []),
    ],
  };
}

function orderedText(ordered, render) {
  if (ordered.length === 0) return element('p', { class: 'quiet' }, 'Nothing is ordered.');
  const clear = button('Take back', async () => {
    await callPim('rest/simulator/faults', { method: 'DELETE' });
    await render();
    announce('Nothing is ordered any more.');
  });
  return element('p', { class: 'warning actions' }, `Ordered: ${ordered.join(', ')} `, clear);
}

function faultRow({ name, title, description }, render) {
  const order = async () => {
    await callPim('rest/simulator/faults', { method: 'POST', body: new URLSearchParams({ name }) });
    await render();
    announce(`${title} is ordered.`);
  };
  const texts = element(
    'div',
    {},
    element('h2', { class: 'fault-title' }, title),
    element('p', {}, description),
  );
  return element('li', {}, texts, button('Order', order, { 'aria-label': `Order: ${title}` }));
}

/** Addresses of the App that somebody may open without a PIM. */
function strayRequests({ activateUrl, callbackUrl }) {
  const state = 'A'.repeat(43);
  const links = [
    ['No PIM is named', activateUrl, {}],
    ['The PIM is no address', activateUrl, { pim_url: 'my-pim' }],
    ['The PIM is not listed', activateUrl, { pim_url: 'https://unlisted.example' }],
    ['An address beside the URL', `${activateUrl}/x`, {}],
    ['A way back without a state', callbackUrl, { code: 'abc' }],
    ['A way back that nobody began', callbackUrl, { code: 'abc', state }],
  ];
  const items = links.map(([text, url, query]) => {
    const href = new URL(url);
    for (const [name, value] of Object.entries(query)) href.searchParams.append(name, value);
    return element('li', {}, element('a', { href, target: '_blank', rel: 'noopener' }, text));
  });
  const hints = [
    'Another browser comes back: open the address of the consent page in a private window.',
    'The way back is used twice: reload the page on which a fault has ended.',
    'Nobody consents for half an hour: confirm after that.',
  ].map((hint) => element('li', {}, hint));
  return [
    element('h2', {}, 'Requests that no PIM sends'),
    element('ul', {}, ...items),
    element('h2', {}, 'By hand'),
    element('ul', {}, ...hints),
  ];
}
