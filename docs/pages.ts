import { withParts } from './parts.ts';
import { runbook } from './runbook.ts';

/** The pages that are made from code, whole or in part: each with what makes it from its present text. */
export const MADE_PAGES: Readonly<Record<string, (page: string) => string>> = {
  'architecture.md': withParts,
  'availability.md': withParts,
  'back-ends.md': withParts,
  'data.md': withParts,
  'linters.md': withParts,
  'logins.md': withParts,
  'operate.md': withParts,
  'performance.md': withParts,
  'runbook.md': runbook,
};
