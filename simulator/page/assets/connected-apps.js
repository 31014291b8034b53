import { announce, button, element, scopeList } from './elements.js';
import { callPim } from './pim-api.js';

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
