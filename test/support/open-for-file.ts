import { afterAll, beforeAll } from 'vitest';

/** Opens something for the tests of a file, and closes it after them. @returns what is open. */
export function openForFile<Opened extends { close(): Promise<void> }>(
  open: () => Promise<Opened>,
): () => Opened {
  let opened: Opened | undefined;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.close());
  return () => {
    if (!opened) throw new Error('It is open during tests only.');
    return opened;
  };
}
