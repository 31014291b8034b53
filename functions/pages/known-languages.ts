import { readdirSync } from 'node:fs';

/** Which languages pages are in. */
export interface LanguageChoice {
  /** BCP 47 tags. @default every language that there is a file for */
  readonly languages?: readonly string[];
  /** For a reader who asks for none of them. @default English, or the first without it */
  readonly defaultLanguage?: string;
}

/** At least one tag; the first is the default. */
export type OfferedLanguages = readonly [string, ...string[]];

/** Every text is there. */
export const ENGLISH = 'en';

/** The languages that there are files for, beside this one and beside the bundles; English first. */
export function knownLanguages(): OfferedLanguages {
  const files = readdirSync(new URL('./languages/', import.meta.url));
  const tags = files.map((file) => file.replace(/\..*$/, ''));
  return defaultFirst([...new Set(tags)].toSorted(), ENGLISH);
}

/** What is offered by a choice that holds nothing but known languages. */
export function offeredLanguages({ languages, defaultLanguage }: LanguageChoice): OfferedLanguages {
  const offered = languages ?? knownLanguages();
  const [first = ENGLISH] = offered;
  return defaultFirst(offered, defaultLanguage ?? (offered.includes(ENGLISH) ? ENGLISH : first));
}

function defaultFirst(tags: readonly string[], first: string): OfferedLanguages {
  return [first, ...tags.filter((tag) => tag !== first)];
}
