/**
 * Stands in the bundles for `@aws/lambda-invoke-store`.
 *
 * Removes the code that would make such a store, 2 KB and the loading of `node:async_hooks` at the first
 * call. It tells one request's trace from another's where a process serves many at once.
 *
 * Safe, because the runtime brings its own store and this passes it on; without one, the SDK falls back
 * to the trace in the environment, which is right for one request at a time. The trace header is tested.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime `_X_AMZN_TRACE_ID`}
 */
export const InvokeStore = {
  async getInstanceAsync(): Promise<unknown> {
    const { awslambda } = globalThis as { awslambda?: { InvokeStore?: unknown } };
    return awslambda?.InvokeStore;
  },
};
