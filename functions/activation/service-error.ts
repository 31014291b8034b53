/** A service that the flow depends on. */
export type Dependency = 'dynamodb' | 'kms' | 'secrets-manager';

/**
 * A service did not do what a correct request asks of it: it is down, throttled, or we lack a right.
 * Of the cause only the name is used: an SDK's error holds the request, and whatever prints an error
 * prints its `cause` with it.
 */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly dependency: Dependency;
  readonly #cause: unknown;

  constructor(dependency: Dependency, cause: unknown) {
    super(`${dependency} is unavailable`);
    this.dependency = dependency;
    this.#cause = cause;
  }

  /** The name of the underlying error (`ThrottlingException`, `TimeoutError`); never its message. */
  get causeName(): string {
    return this.#cause instanceof Error ? this.#cause.name : 'unknown';
  }
}

/** Runs a call to a service and turns its failure into an {@link ServiceError}. */
export async function callService<T>(dependency: Dependency, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw new ServiceError(dependency, error);
  }
}
