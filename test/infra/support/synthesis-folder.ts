import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Holds what the tests of the run synthesize. */
    readonly synthesisFolder: string;
  }
}

/** Makes one folder for all that a run synthesizes, and removes it when the run is over. */
export default function setUp(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'synthesis-'));
  project.provide('synthesisFolder', folder);
  return () => rmSync(folder, { recursive: true });
}
