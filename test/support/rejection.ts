/** What a promise is rejected with; a promise that is kept fails the test. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('The promise was kept.');
    },
    (error: unknown) => error,
  );
}
