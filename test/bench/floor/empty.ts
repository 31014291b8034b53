/** What Node and the runtime cost before any work is done. */
export async function handler(): Promise<{ statusCode: number }> {
  return { statusCode: 204 };
}
