import { announce, appLogo, button, callPim, element, scopeList } from './elements.js';

/** The wizard: what the App asks for, and the manager's decision. */
export async function wizardPage(clientId) {
  const data = await callPim(`rest/apps/load-wizard-data/${clientId}`);
  const identity = data.authenticationScopes.length > 0 ? [authenticationStep(data)] : [];
  const confirm = confirmButton(`rest/apps/confirm-authorization/${clientId}`);
  const steps = [...identity, authorizationsStep(data, confirm)];
  const cancel = cancelButton('#/connect/app-store');
  return {
    title: `Connect ${data.appName}`,
    content: [wizard(data, steps, confirm, cancel)],
    isAlone: true,
  };
}

/** The small modal that asks a user about their name and email. */
export async function consentPage(clientId) {
  const data = await callPim(`rest/apps/load-wizard-data/${clientId}`);
  const confirm = confirmButton(`rest/apps/confirm-authentication/${clientId}`);
  const cancel = cancelButton('#/connect/connected-apps');
  return {
    title: `${data.appName} asks about you`,
    content: [wizard(data, [authenticationStep(data)], confirm, cancel)],
    isAlone: true,
  };
}

/** One step after the other, as in the PIM: beside the logo, with "Confirm" in the last one. */
function wizard(app, steps, confirm, cancel) {
  const place = element('div', { class: 'step' });
  const show = (index) => {
    const isLast = index === steps.length - 1;
    const back = index > 0 ? [button('Previous', () => show(index - 1))] : [];
    const next = isLast
      ? confirm
      : button('Allow and next', () => show(index + 1), { class: 'primary' });
    const actions = element('p', { class: 'actions' }, ...back, cancel, next);
    place.replaceChildren(progress(steps, index), ...steps[index].parts, actions);
    if (place.isConnected) place.querySelector('h2').focus();
  };
  show(0);
  const logo = appLogo({ name: app.appName, logo: app.appLogo });
  return element('div', { class: 'wizard' }, logo, place);
}

function progress(steps, current) {
  if (steps.length < 2) return '';
  const items = steps.map(({ name }, index) =>
    element('li', index === current ? { 'aria-current': 'step' } : {}, name),
  );
  return element('ol', { class: 'steps', 'aria-label': 'Steps' }, ...items);
}

function stepHeading(text) {
  return element('h2', { tabindex: '-1' }, text);
}

function authenticationStep({ appName, authenticationScopes }) {
  const words = { profile: 'Read your first and last name', email: 'Read your email address' };
  const messages = authenticationScopes.map((scope) => ({ scope, message: words[scope] }));
  return {
    name: 'Authentication',
    parts: [stepHeading(`${appName} would like to know about you:`), scopeList(messages)],
  };
}

function authorizationsStep({ appName, ...data }, confirm) {
  const { scopeMessages, oldScopeMessages, displayCheckboxConsent } = data;
  const isNew = () => oldScopeMessages !== null;
  const before =
    oldScopeMessages === null
      ? []
      : [element('h3', {}, `${appName} may already`), scopeList(oldScopeMessages)];
  const consent = displayCheckboxConsent ? [consentCheckbox(confirm)] : [];
  const heading = stepHeading(`${appName} would like permission to:`);
  return {
    name: 'Authorizations',
    parts: [heading, scopeList(scopeMessages, isNew), ...before, ...consent],
  };
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
