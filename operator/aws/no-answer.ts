import { isCertificateCode } from '../http/certificate-code.ts';
import { failure, type OperatorError } from '../operator-error.ts';
import type { Explanation } from './error-like.ts';

/** Codes of Node for a network that leads nowhere, or to something that does not speak as AWS does. */
const NETWORK_CODES =
  /^(EAI_AGAIN|ECONN(REFUSED|RESET|ABORTED)|ETIMEDOUT|E(HOST|NET)(UNREACH|DOWN)|EPIPE|EPROTO|ERR_SSL_\w+|HPE_\w+)$/;

const SPELL_THE_REGION = 'Spell the region as AWS does: --region eu-west-1, or AWS_REGION.';

/** Why no answer of AWS came: the region, the certificate of a proxy, or the network. */
export const NO_ANSWER: readonly Explanation[] = [
  ({ message }) =>
    message === 'Region is missing'
      ? failure(
          'No AWS region is set.',
          'Give --region <region>, such as eu-west-1, or set AWS_REGION.',
        )
      : undefined,
  ({ message }) =>
    message.startsWith('Region not accepted')
      ? failure('This cannot be the name of an AWS region.', SPELL_THE_REGION)
      : undefined,
  ({ code }) =>
    code === 'ENOTFOUND'
      ? failure(
          'The host name of AWS does not resolve (ENOTFOUND).',
          `${SPELL_THE_REGION} If it is right, check the network.`,
        )
      : undefined,
  ({ code = '' }) => (isCertificateCode(code) ? untrusted(code) : undefined),
  ({ name, code = name }) =>
    name === 'TimeoutError' || NETWORK_CODES.test(code)
      ? failure(
          `AWS could not be reached (${code}).`,
          'Check the network and the proxy, then run the command again.',
        )
      : undefined,
];

/** Node trusts a list of its own and not the system's, in which the proxy of a company mostly is. */
function untrusted(code: string): OperatorError {
  return failure(
    `What answers in place of AWS has a certificate that is not trusted (${code}).`,
    'If it is the proxy of your company, set NODE_EXTRA_CA_CERTS to the file of its certificate (PEM). Otherwise leave this network.',
  );
}
