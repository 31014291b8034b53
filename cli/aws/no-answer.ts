import { isCertificateCode } from '../http/certificate-code.ts';
import { failure, type OperatorError } from '../operator-error.ts';
import type { ErrorLike } from './error-like.ts';

/** Codes of Node for a network in which nothing answers, or something that does not speak as AWS does. */
const NETWORK_CODES =
  /^(EAI_AGAIN|ECONN(REFUSED|RESET|ABORTED)|ETIMEDOUT|E(HOST|NET)(UNREACH|DOWN)|EPIPE|EPROTO|ERR_SSL_\w+|HPE_\w+)$/;

const SPELL_THE_REGION = 'Spell the region as AWS does: --region eu-west-1, or AWS_REGION.';

/**
 * Why no answer of AWS came: the region, the certificate of a proxy, or the network.
 *
 * @returns `undefined` when the error has another cause.
 */
export function explainNoAnswer(error: ErrorLike): OperatorError | undefined {
  return wrongRegion(error) ?? untrusted(error) ?? unreachable(error);
}

function wrongRegion({ message, code }: ErrorLike): OperatorError | undefined {
  if (message === 'Region is missing')
    return failure(
      'No AWS region is set.',
      'Give --region <region>, such as eu-west-1, or set AWS_REGION.',
    );
  if (message.startsWith('Region not accepted'))
    return failure('This cannot be the name of an AWS region.', SPELL_THE_REGION);
  if (code === 'ENOTFOUND')
    return failure(
      'The host name of AWS does not resolve (ENOTFOUND).',
      `${SPELL_THE_REGION} If it is right, check the network.`,
    );
  return undefined;
}

/** Node has its own list of certificates that it trusts; the certificate of a company's proxy is rarely on it. */
function untrusted({ code }: ErrorLike): OperatorError | undefined {
  if (code === undefined || !isCertificateCode(code)) return undefined;
  return failure(
    `What answers in place of AWS has a certificate that is not trusted (${code}).`,
    'If it is the proxy of your company, set NODE_EXTRA_CA_CERTS to the file of its certificate (PEM). Otherwise leave this network.',
  );
}

function unreachable({ name, code = name }: ErrorLike): OperatorError | undefined {
  if (name !== 'TimeoutError' && !NETWORK_CODES.test(code)) return undefined;
  return failure(
    `AWS could not be reached (${code}).`,
    'Check the network and the proxy, then run the command again.',
  );
}
