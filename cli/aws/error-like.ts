import { ServiceError } from '../../functions/activation/service-error.ts';

/** What is read of an error of the AWS SDK; each part is checked before it is used. */
export interface ErrorLike {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  /** Whether a service has answered: the SDK adds `$metadata` to errors of the network too, but no HTTP status. */
  readonly isAnswer: boolean;
}

/** Reads an error; of what is behind an {@link ServiceError} only the name is known. `undefined` for what is no error. */
export function errorLike(error: unknown): ErrorLike | undefined {
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
