import { button, element } from './elements.js';
import { callPim } from './pim-api.js';

const LABELS = { available: 'Connect', connected: 'Connected', pending: 'Pending' };

/** The App Store: every registered App, with "Connect" for those that are not connected. */
export async function appStorePage() {
  const { apps, mode } = await callPim('rest/simulator/state');
  const cards = apps.map((app) => appCard(app, mode));
  const none = element('p', {}, 'No App is registered at this PIM.');
  const list = cards.length > 0 ? element('ul', { class: 'cards' }, ...cards) : none;
  return { title: 'App Store', content: [list] };
}

function appCard({ clientId, name, status }, mode) {
  const mayConnect = status === 'available' && mode === 'manage';
  const title = element('h2', {}, name);
  const connect = button(LABELS[status], () => openInTab(`activate?id=${clientId}`), {
    class: 'primary',
    disabled: !mayConnect,
  });
  const why =
    mode === 'manage' ? [] : [element('p', { class: 'quiet' }, 'You may only open apps.')];
  return element(
    'li',
    { class: 'card' },
    title,
    ...why,
    element('p', { class: 'actions' }, connect),
  );
}

// As in the PIM: a tab of its own, which first loads a page of the PIM and lets that one look up
// the App's URL.
function openInTab(page) {
  window.open(new URL(`#/connect/apps/${page}`, document.baseURI), '_blank', 'noopener');
}

/** The page between: asks where the App is, and goes there. */
export async function leavePage(path) {
  const { url } = await callPim(path);
  window.location.replace(url);
  return { title: 'Opening the App…', content: [element('p', {}, 'One moment.')] };
}
