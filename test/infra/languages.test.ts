import { describe, expect, it } from 'vitest';
import { knownLanguages } from '../../functions/pages/known-languages.ts';
import { problemsOf } from '../../infra/configuration/settings.ts';
import type { AkeneoAppActivationStackProps } from '../../infra/stack.ts';
import { resolver } from './support/resolve.ts';
import { synthesize, theResource } from './support/synthesis.ts';

/** What each endpoint is told of the languages of its pages. */
function told(props: AkeneoAppActivationStackProps): unknown[] {
  const template = synthesize(props);
  const resolve = resolver(template);
  return ['Activate', 'Callback'].map((endpoint) => {
    const { Properties } = theResource(template, 'AWS::Lambda::Function', `${endpoint}/Function`);
    const { Variables } = resolve(Properties['Environment']) as {
      Variables: Record<string, string>;
    };
    return Variables['PAGE_LANGUAGES'];
  });
}

describe('languages and defaultLanguage', () => {
  it('are told to both endpoints, the default first, and nothing is told without them', () => {
    expect(told({ languages: ['de', 'en'] })).toEqual(['en de', 'en de']);
    expect(told({ languages: ['de', 'en'], defaultLanguage: 'de' })).toEqual(['de en', 'de en']);
    expect(told({})).toEqual([undefined, undefined]);
  });

  it.each([
    [{ languages: ['en', 'tlh'] }, 'languages has "tlh", in which there are no pages.'],
    [{ languages: ['pt-br'] }, 'languages has "pt-br", in which there are no pages.'],
    [{ languages: [] }, 'languages is [], which is no list of languages.'],
    [{ languages: 'en' }, 'languages is "en", which is no list of languages.'],
    [{ defaultLanguage: 'tlh' }, 'defaultLanguage is "tlh", in which there are no pages.'],
    [
      { languages: ['de'], defaultLanguage: 'en' },
      'defaultLanguage is "en", which is not among languages.',
    ],
  ])('are refused as %j', (props, what) => {
    expect(problemsOf(props)).toMatchObject([{ what }]);
  });

  it('names those that there are', () => {
    expect(problemsOf({ defaultLanguage: 'English' })[0]?.fix).toContain(
      knownLanguages().join(', '),
    );
  });
});
