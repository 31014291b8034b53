import { appStorePage, connectedAppsPage, leavePage } from './apps.js';
import { announce, callPim, element, switchUser } from './elements.js';
import { faultsPage } from './faults.js';
import { consentPage, wizardPage } from './wizard.js';

/** The user of the browser, top right on every page. */
const userMode = document.querySelector('#user-mode');

/** Chooses the page of a hash, with the PIM's own addresses. */
function pageOf(hash) {
  const [path, query] = hash.replace(/^#/, '').split('?');
  const parameters = new URLSearchParams(query);
  const clientId = parameters.get('client_id') ?? '';
  const open = /^\/connect\/connected-apps\/([^/]+)\/open$/.exec(path);
  if (parameters.has('error')) return authorizeErrorPage(parameters.get('error'));
  if (open) return leavePage(`rest/apps/${open[1]}/open-app-url`);
  if (path === '/connect/apps/activate') {
    return leavePage(`rest/apps/${parameters.get('id')}/activate-url`);
  }
  if (path === '/connect/apps/authorize') return wizardPage(clientId);
  if (path === '/connect/apps/authenticate') return consentPage(clientId);
  if (path === '/simulator/faults') return faultsPage(render);
  return path.startsWith('/connect/connected-apps') ? connectedAppsPage(render) : appStorePage();
}

/** Shows the page of the current address. A page that asks for a decision stands alone, as in the PIM. */
async function render() {
  const { title, content, isAlone = false, section = 'Connect' } = await pageContent();
  document.title = `${title} · Simulated Akeneo PIM`;
  document.body.classList.toggle('alone', isAlone);
  const way = isAlone ? [] : [element('p', { class: 'breadcrumb' }, `${section} / ${title}`)];
  document.querySelector('#page').replaceChildren(...way, element('h1', {}, title), ...content);
  for (const link of document.querySelectorAll('.sub-menu a')) {
    const isHere = (location.hash || '#/connect/app-store').startsWith(link.getAttribute('href'));
    link.toggleAttribute('aria-current', isHere);
    if (isHere) link.setAttribute('aria-current', 'page');
  }
}

async function pageContent() {
  try {
    return await pageOf(location.hash);
  } catch (error) {
    const back = element('a', { href: '#/connect/app-store' }, 'Back to the App Store');
    const content = [element('p', {}, String(error)), element('p', {}, back)];
    return { title: 'This page is not available', content };
  }
}

async function start() {
  const { mode } = await callPim('rest/simulator/state');
  userMode.value = mode;
  await render();
}

async function changeUser() {
  await switchUser(userMode.value);
  if (userMode.value === 'logged-out') location.assign(new URL('user/login', document.baseURI));
  else await render();
}

userMode.addEventListener('change', () => void changeUser());
// The page is another one without being loaded: who hears it is taken to its beginning.
addEventListener('hashchange', () => {
  announce('');
  void render().then(() => document.querySelector('#page').focus());
});
// Another tab may have connected an App meanwhile. A page that asks for a decision stays as it is, and so does a secret.
addEventListener('focus', () => {
  const isBusy = location.hash.startsWith('#/connect/apps/') || document.querySelector('.secret');
  if (!isBusy) void render();
});

const WORDS = {
  app_not_found: 'The PIM does not know this App.',
  not_blank: 'The App sent no response_type.',
  must_be_code: 'The App sent a response_type other than "code".',
  too_long: 'The App asks for too many scopes.',
};

/** An authorize request that the PIM refused. The App is not told. */
function authorizeErrorPage(key) {
  const words = WORDS[key.split('.').at(-1)] ?? 'The PIM could not start the connection.';
  const code = element('p', {}, element('code', {}, key));
  const back = element('a', { href: '#/connect/app-store' }, 'Back to the App Store');
  const content = [element('p', {}, words), code, element('p', {}, back)];
  return { title: 'The App cannot be connected', content };
}

void start();
