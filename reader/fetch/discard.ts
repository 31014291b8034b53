/**
 * Cancels an answer that nobody will read, which closes its socket. It never rejects: a body that has broken off
 * meanwhile is as good as cancelled, and must not hide what the caller is about to do or to throw.
 */
export async function discard({ body }: Response): Promise<void> {
  await body?.cancel().catch(() => {});
}
