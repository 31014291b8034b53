import { PAGE_LANGUAGES } from '../../functions/environment.ts';
import {
  knownLanguages,
  type LanguageChoice,
  offeredLanguages,
} from '../../functions/pages/known-languages.ts';
import { isKnown, type Problem, problemIf } from './problems.ts';
import type { UncheckedProps } from './settings.ts';

/** What is wrong with the list of languages. */
export function languagesProblems(languages: unknown): readonly Problem[] {
  if (!Array.isArray(languages) || languages.length === 0)
    return [
      {
        what: `languages is ${JSON.stringify(languages)}, which is no list of languages.`,
        fix: `Write a list, on the command line separated by commas. ${known()}`,
      },
    ];
  return languages.flatMap((tag: unknown) => unknownProblems('languages has', tag));
}

/** What is wrong with the default language, given the others. */
export function defaultLanguageProblems(
  tag: unknown,
  { languages }: UncheckedProps,
): readonly Problem[] {
  const isLeftOut = Array.isArray(languages) && !languages.includes(tag);
  return [
    ...unknownProblems('defaultLanguage is', tag),
    ...problemIf(
      isKnown(tag) && isLeftOut,
      `defaultLanguage is ${JSON.stringify(tag)}, which is not among languages.`,
      'Add it to languages, or write one of those.',
    ),
  ];
}

function unknownProblems(where: string, tag: unknown): readonly Problem[] {
  return problemIf(
    isKnown(tag) && !knownLanguages().some((one) => one === tag),
    `${where} ${JSON.stringify(tag)}, in which there are no pages.`,
    known(),
  );
}

function known(): string {
  return `There are ${knownLanguages().join(', ')}.`;
}

/** What an endpoint has to be told of the languages of its pages. */
export function languageEnvironment(choice: LanguageChoice): Readonly<Record<string, string>> {
  const { languages, defaultLanguage } = choice;
  if (languages === undefined && defaultLanguage === undefined) return {};
  return { [PAGE_LANGUAGES]: offeredLanguages(choice).join(' ') };
}
