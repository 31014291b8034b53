import { ServiceError } from '../functions/activation/ports.ts';
import { failure, OperatorError, PROGRAM } from './operator-error.ts';
import { isCertificateCode } from './send.ts';

/** Explains whatever a command threw: what is wrong, and a next step. */
export function explainError(error: unknown): OperatorError {
  if (error instanceof OperatorError) return error;
  return explainAwsError(error) ?? explainServiceError(error) ?? unexpected(error);
}

/** A failure in code that the functions share. Only the name of its cause is known. */
function explainServiceError(error: unknown): OperatorError | undefined {
  if (!(error instanceof ServiceError)) return undefined;
  return failure(
    `${error.message} (${error.causeName}).`,
    'Check the network and the status page of AWS, then run the command again.',
  );
}

/** A defect of this command line. Only the name of the error is shown, since its message may hold a secret. */
function unexpected(error: unknown): OperatorError {
  const name = error instanceof Error ? error.name : 'no Error at all';
  return failure(
    `Something unexpected went wrong: ${name}.`,
    `This is a defect: report it with the command that you ran and what "${PROGRAM} --version" prints.`,
  );
}

/**
 * Turns an error of the AWS SDK into what an operator can do about it. Its message is never shown, because it may quote
 * the request, and some of our requests hold a secret; its name and request ID are.
 *
 * @returns `undefined` for an error that does not come from AWS.
 */
function explainAwsError(error: unknown): OperatorError | undefined {
  const like = errorLike(error);
  if (!like) return undefined;
  return (
    wrongRegion(like) ??
    untrusted(like) ??
    unreachable(like) ??
    expiredSignIn(like) ??
    accessDenied(like) ??
    knownByName(like) ??
    otherRefusal(like)
  );
}

/** Node's codes for a network in which nothing answers, or something that is not AWS. */
const NETWORK_CODES =
  /^(EAI_AGAIN|ECONN(REFUSED|RESET|ABORTED)|ETIMEDOUT|E(HOST|NET)(UNREACH|DOWN)|EPIPE|EPROTO|ERR_SSL_\w+|HPE_\w+)$/;

const SPELL_THE_REGION = 'Spell the region as AWS does: --region eu-west-1, or AWS_REGION.';

function wrongRegion({ message, code }: ErrorLike): OperatorError | undefined {
  if (message === 'Region is missing')
    return failure(
      'No AWS region is set.',
      'Give --region <region>, such as eu-west-1, or set AWS_REGION: AWS_DEFAULT_REGION does not count here.',
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

/** Node trusts a list of certificates of its own, which rarely holds that of a company's proxy. */
function untrusted({ code }: ErrorLike): OperatorError | undefined {
  if (code === undefined || !isCertificateCode(code)) return undefined;
  return failure(
    `What answers in place of AWS has a certificate that is not trusted (${code}).`,
    'If it is the proxy of your company, set NODE_EXTRA_CA_CERTS to the file of its certificate (PEM). Otherwise leave this network.',
  );
}

function unreachable({ name, code = name }: ErrorLike): OperatorError | undefined {
  if (code === 'ERR_PROXY_TUNNEL')
    return failure(
      'The proxy refuses a connection to AWS.',
      'Check HTTPS_PROXY, with its user name and password, or name the host in NO_PROXY if it is reached without.',
    );
  if (name !== 'TimeoutError' && !NETWORK_CODES.test(code)) return undefined;
  return failure(
    `AWS could not be reached (${code}).`,
    'Check the network and the proxy, then run the command again.',
  );
}

const SIGN_IN =
  'Sign in as for the AWS CLI (`aws sso login --profile <name>`, or `aws configure`), then give --profile <name> or set AWS_PROFILE.';

/** Errors that are known by their name alone. */
const KNOWN: readonly {
  readonly names: RegExp;
  readonly message: string;
  readonly next: string;
}[] = [
  {
    names: /^CredentialsProviderError$/,
    message: 'No AWS credentials were found.',
    next: SIGN_IN,
  },
  {
    names: /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$/,
    message: 'The AWS credentials have expired.',
    next: SIGN_IN,
  },
  {
    names:
      /^(UnrecognizedClientException|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature)$/,
    message: 'AWS does not accept these credentials.',
    next: SIGN_IN,
  },
  {
    names: /^ResourceNotFoundException$/,
    message: 'A table of the stack does not exist.',
    next: 'It was removed by hand, or the stack is being deployed: deploy it again with `npx cdk deploy`.',
  },
  {
    names: /Throttl|TooManyRequests|LimitExceeded|ProvisionedThroughputExceeded/,
    message: 'AWS is throttling these calls.',
    next: 'Wait a minute, then run the command again.',
  },
];

function knownByName({ name }: ErrorLike): OperatorError | undefined {
  const known = KNOWN.find(({ names }) => names.test(name));
  return known && failure(known.message, known.next);
}

/** Only the message tells an SSO session from other credentials. */
function expiredSignIn({ name, message }: ErrorLike): OperatorError | undefined {
  if (name !== 'CredentialsProviderError' || !/sso/i.test(message)) return undefined;
  return failure(
    'The AWS sign-in (SSO) has expired or was never made.',
    'Sign in again: `aws sso login --profile <name>`, with the profile that you use here.',
  );
}

/** Whether AWS refused because a right is missing, which says nothing about what was asked. */
export function isAccessDenied(error: unknown): boolean {
  return error instanceof Error && ACCESS_DENIED.test(error.name);
}

const ACCESS_DENIED = /^AccessDenied(Exception)?$/;

/** AWS names the missing action in its message; the action alone is shown. */
function accessDenied({ name, message }: ErrorLike): OperatorError | undefined {
  if (!ACCESS_DENIED.test(name)) return undefined;
  const action = /not authorized to perform: ([A-Za-z0-9-]+:[A-Za-z0-9]+)/.exec(message)?.[1];
  return failure(
    `These AWS credentials may not do this${action ? `: ${action} is missing` : ''}.`,
    'Use a profile with more rights (--profile), or have the right added.',
  );
}

function otherRefusal({ name, isAnswer, requestId }: ErrorLike): OperatorError | undefined {
  if (!isAnswer) return undefined;
  return failure(
    `AWS refused the request: ${name}.`,
    `Look for it in CloudTrail${requestId ? `, by request id ${requestId}` : ''}.`,
  );
}

/** The parts of an error of the AWS SDK that are used, each checked. */
interface ErrorLike {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  /** Whether AWS has answered. The SDK adds `$metadata` to errors of the network too, but without an HTTP status. */
  readonly isAnswer: boolean;
}

/** @returns `undefined` for what is no error. */
function errorLike(error: unknown): ErrorLike | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof ServiceError) return { ...NOTHING_KNOWN, name: error.causeName };
  const metadata = member(error, '$metadata');
  return {
    name: error.name,
    message: error.message,
    code: text(member(error, 'code')),
    requestId: text(member(metadata, 'requestId')),
    isAnswer: typeof member(metadata, 'httpStatusCode') === 'number',
  };
}

const NOTHING_KNOWN = { message: '', code: undefined, requestId: undefined, isAnswer: false };

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
