import { announce, button, callPim, element, scopeList } from './elements.js';

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

/** The connected Apps, with what they may do. */
export async function connectedAppsPage(render) {
  const { connectedApps, mode } = await callPim('rest/simulator/state');
  const cards = connectedApps.map((app) => connectedAppCard(app, mode === 'manage', render));
  const none = element('p', {}, 'No App is connected.');
  const list = cards.length > 0 ? element('ul', { class: 'cards' }, ...cards) : none;
  return { title: 'Connected apps', content: [list] };
}

function connectedAppCard(app, mayManage, render) {
  const openPage = new URL(`#/connect/connected-apps/${app.clientId}/open`, document.baseURI);
  const open = button('Open app', () => window.open(openPage, '_blank', 'noopener'), {
    class: 'primary',
  });
  const managing = mayManage ? [disconnectButton(app, render), secretButton(app)] : [];
  return element(
    'li',
    { class: app.isPending ? 'card pending' : 'card' },
    element('h2', {}, app.name),
    ...warnings(app),
    scopeList(app.scopeMessages),
    element('p', { class: 'actions' }, open, ...managing),
  );
}

function warnings({ isPending, hasOutdatedScopes }) {
  const texts = [
    ...(isPending ? ['Pending: the App has not finished the connection. Open it again.'] : []),
    ...(hasOutdatedScopes ? ['The App wants more access. Open it to decide.'] : []),
  ];
  return texts.map((text) => element('p', { class: 'warning' }, text));
}

function disconnectButton({ clientId, name }, render) {
  return button('Disconnect', async () => {
    await callPim(`rest/apps/connected-apps/${clientId}`, { method: 'DELETE' });
    await render();
    announce(`${name} is disconnected. The App has not been told.`);
  });
}

function secretButton({ clientId, name }) {
  return button('Regenerate secret', async () => {
    const secret = await callPim(`rest/custom-apps/${clientId}/secret`, { method: 'POST' });
    announce(`The new client secret of ${name}, shown this once: ${String(secret)}`);
  });
}
