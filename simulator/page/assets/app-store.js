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

function appCard(app, mode) {
  const mayManage = mode === 'manage';
  const why = mayManage ? [] : [element('p', { class: 'quiet' }, 'You may only open apps.')];
  const actions = element('p', { class: 'actions' }, connectButton(app, mayManage));
  return element('li', { class: 'card' }, element('h2', {}, app.name), ...why, actions);
}

function connectButton({ clientId, status }, mayManage) {
  const disabled = status !== 'available' || !mayManage;
  const open = () => openInTab(`activate?id=${clientId}`);
  return button(LABELS[status], open, { class: 'primary', disabled });
}

// As in the PIM: a new tab, which first loads a page of the PIM that asks for the App's URL.
function openInTab(page) {
  window.open(new URL(`#/connect/apps/${page}`, document.baseURI), '_blank', 'noopener');
}

/** The intermediate page: asks the PIM for the App's URL and opens it. */
export async function leavePage(path) {
  const { url } = await callPim(path);
  window.location.replace(url);
  return { title: 'Opening the App…', content: [element('p', {}, 'One moment.')] };
}
