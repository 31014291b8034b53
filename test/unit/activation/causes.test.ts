import { describe, expect, it } from 'vitest';
import {
  type Cause,
  OPERATOR_NOTES,
  OUTCOMES,
  type OutcomeCode,
} from '../../../functions/activation/outcomes.ts';

const outcomes = Object.entries(OUTCOMES);

/** Every cause; the type makes a forgotten one an error. */
const CAUSES = Object.keys({
  credentials: 1,
  'late-code': 1,
  pim: 1,
  store: 1,
  bug: 1,
} satisfies Record<Cause, 1>);

describe('the outcome table', () => {
  it('has an outcome for every cause that an alarm stands for', () => {
    const used = outcomes.flatMap(([, { cause }]) => cause ?? []);
    expect([...new Set(used)].sort()).toEqual(CAUSES.sort());
  });

  it.each(['meaning', 'operator'] as const)('ends every text of "%s" as a sentence', (of) => {
    const codes = Object.keys(OUTCOMES) as OutcomeCode[];
    expect(codes.filter((code) => !/[.!]$/.test(OPERATOR_NOTES[code][of]))).toEqual([]);
  });

  it.each([
    [400, ['pim_url_missing', 'pim_url_repeated', 'pim_url_malformed']],
    [400, ['callback_parameter_repeated', 'state_malformed', 'state_unknown', 'code_malformed']],
    [502, ['pim_unreachable', 'pim_unexpected_answer', 'client_credentials_refused']],
    [503, ['token_not_saved', 'store_unavailable']],
    [303, ['connected', 'connected_with_missing_scopes']],
    [302, ['authorization_requested', 'authorization_restarted']],
  ] as const)('answers with %i: %s', (status, codes) => {
    for (const code of codes) expect(OUTCOMES[code].status, code).toBe(status);
  });
});
