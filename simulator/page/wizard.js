import { announce, button, callPim, element, scopeList } from './elements.js';

/** The wizard: what the App asks for, and the manager's decision. */
export async function wizardPage(clientId) {
  const data = await callPim(`rest/apps/load-wizard-data/${clientId}`);
  const confirm = confirmButton(`rest/apps/confirm-authorization/${clientId}`);
  const identity = identitySection(data.authenticationScopes);
  const parts = [...scopeSections(data), ...identity];
  const consent = data.displayCheckboxConsent ? [consentCheckbox(confirm)] : [];
  const cancel = cancelButton('#/connect/app-store');
  const actions = element('p', { class: 'actions' }, confirm, cancel);
  return {
    title: `Connect ${data.appName}`,
    content: [element('div', { class: 'card' }, ...parts, ...consent, actions)],
  };
}

/** The small modal that asks a user about their name and email. */
export async function consentPage(clientId) {
  const data = await callPim(`rest/apps/load-wizard-data/${clientId}`);
  const confirm = confirmButton(`rest/apps/confirm-authentication/${clientId}`);
  const cancel = cancelButton('#/connect/connected-apps');
  const actions = element('p', { class: 'actions' }, confirm, cancel);
  const sections = identitySection(data.authenticationScopes);
  return {
    title: `${data.appName} asks about you`,
    content: [element('div', { class: 'card' }, ...sections, actions)],
  };
}

function scopeSections({ appName, scopeMessages, oldScopeMessages }) {
  const isNew = () => oldScopeMessages !== null;
  const before =
    oldScopeMessages === null
      ? []
      : [element('h2', {}, `${appName} may now`), scopeList(oldScopeMessages)];
  return [...before, element('h2', {}, `${appName} asks to`), scopeList(scopeMessages, isNew)];
}

function identitySection(scopes) {
  if (scopes.length === 0) return [];
  const words = { profile: 'Read your first and last name', email: 'Read your email address' };
  const messages = scopes.map((scope) => ({ scope, message: words[scope] }));
  return [element('h2', {}, 'About you'), scopeList(messages)];
}

function consentCheckbox(confirm) {
  confirm.disabled = true;
  const box = element('input', {
    type: 'checkbox',
    change: () => {
      confirm.disabled = !box.checked;
    },
  });
  return element('label', { class: 'consent' }, box, 'I agree that this App gets this access.');
}

function confirmButton(path) {
  const confirmed = async () => {
    try {
      const { redirectUrl } = await callPim(path, { method: 'POST' });
      window.location.assign(redirectUrl);
    } catch (error) {
      announce(`That did not work: ${error.message}`);
    }
  };
  return button('Confirm', confirmed, { class: 'primary' });
}

// The App is told nothing: that is how the PIM cancels.
function cancelButton(page) {
  return button('Cancel', () => {
    window.location.hash = page;
  });
}
