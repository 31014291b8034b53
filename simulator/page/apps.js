import { announce, appLogo, button, callPim, element, scopeList, secretField } from './elements.js';

const LABELS = { available: 'Connect', connected: 'Connected', pending: 'Pending' };

/** The App Store: every registered App, with "Connect" for those that are not connected. */
export async function appStorePage() {
  const { apps, mode } = await callPim('rest/simulator/state');
  const cards = apps.map((app) => appCard(app, mode));
  return { title: 'App Store', content: section('Custom apps', cards, 'No App is registered.') };
}

function appCard(app, mode) {
  const mayManage = mode === 'manage';
  const why = mayManage ? [] : [element('p', { class: 'quiet' }, 'You may only open apps.')];
  return card(app, [...why, actions(connectButton(app, mayManage))]);
}

/** A heading with the number of its cards, as the PIM has it, and the cards. */
function section(title, cards, none) {
  const count = `${cards.length} ${cards.length === 1 ? 'app' : 'apps'}`;
  const list =
    cards.length > 0
      ? element('ul', { class: 'cards' }, ...cards)
      : element('p', { class: 'quiet' }, none);
  return [
    element(
      'div',
      { class: 'section' },
      element('h2', { class: 'section-title' }, title),
      element('p', {}, count),
    ),
    list,
  ];
}

function card(app, parts, state = '') {
  const head = [element('h3', {}, app.name), element('p', { class: 'quiet' }, 'by Julia Stark')];
  const body = element('div', { class: 'card-body' }, ...head, ...parts);
  return element('li', { class: `card ${state}` }, appLogo(app), body);
}

function actions(...buttons) {
  return element('p', { class: 'actions' }, ...buttons);
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
  return { title: 'Opening the App…', content: [element('p', {}, 'One moment.')], isAlone: true };
}

/** The connected Apps, with what they may do. */
export async function connectedAppsPage(render) {
  const { connectedApps, mode } = await callPim('rest/simulator/state');
  const cards = connectedApps.map((app) => connectedAppCard(app, mode === 'manage', render));
  return { title: 'Connected Apps', content: section('Apps', cards, 'No App is connected.') };
}

function connectedAppCard(app, mayManage, render) {
  const openPage = new URL(`#/connect/connected-apps/${app.clientId}/open`, document.baseURI);
  const open = button('Open app', () => window.open(openPage, '_blank', 'noopener'), {
    class: 'primary',
  });
  const secret = element('div', { class: 'secret-place' });
  const managing = mayManage ? [disconnectButton(app, render), secretButton(app, secret)] : [];
  const parts = [
    ...warnings(app),
    element('h4', {}, 'Authorizations'),
    scopeList(app.scopeMessages),
    actions(open, ...managing),
    secret,
  ];
  return card(app, parts, app.isPending ? 'pending' : '');
}

function warnings({ isPending, hasOutdatedScopes }) {
  const texts = [
    ...(isPending ? ['Pending: the App has not finished the connection. Open it again.'] : []),
    ...(hasOutdatedScopes ? ['The App wants more access. Open it to decide.'] : []),
  ];
  return texts.map((text) => element('p', { class: 'warning' }, text));
}

function disconnectButton({ clientId, name }, render) {
  const disconnect = async () => {
    await callPim(`rest/apps/connected-apps/${clientId}`, { method: 'DELETE' });
    await render();
    announce(`${name} is disconnected. The App has not been told.`);
  };
  return button('Disconnect', disconnect, { class: 'danger' });
}

function secretButton({ clientId, name }, place) {
  return button('Regenerate secret', async () => {
    const secret = await callPim(`rest/custom-apps/${clientId}/secret`, { method: 'POST' });
    place.replaceChildren(secretField(`New client secret of ${name}`, String(secret)));
    announce('The client secret is new. It is shown this once.');
  });
}
