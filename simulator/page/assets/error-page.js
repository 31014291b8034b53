import { element } from './elements.js';

const WORDS = {
  app_not_found: 'The PIM does not know this App.',
  not_blank: 'The App sent no response_type.',
  must_be_code: 'The App sent a response_type other than "code".',
  too_long: 'The App asks for too many scopes.',
};

/** An authorize request that the PIM refused. The App is not told. */
export function authorizeErrorPage(key) {
  const words = WORDS[key.split('.').at(-1)] ?? 'The PIM could not start the connection.';
  const code = element('p', {}, element('code', {}, key));
  return { title: 'The App cannot be connected', content: [element('p', {}, words), code] };
}
