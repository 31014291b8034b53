import { describe, expect, it } from 'vitest';
import {
  OPERATOR_NOTES,
  OUTCOMES,
  type OutcomeCode,
} from '../../../functions/activation/outcomes.ts';

const entries = Object.entries(OUTCOMES);

describe('the outcome table', () => {
  it.each(entries)('tells the operator of %s what it means', (code) => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    const { meaning, operator } = OPERATOR_NOTES[code as OutcomeCode];
    for (const text of [meaning, operator]) expect(text).toMatch(/^\S.{10,}/);
  });

  it('calls for an operator wherever the fault is on our side or the PIM’s', () => {
    const without = entries.filter(([, { status, cause }]) => status >= 500 && !cause);
    expect(without.map(([code]) => code)).toEqual([]);
  });

  it.each([
    ['pim_not_listed', 403],
    ['browser_mismatch', 403],
    ['flow_expired', 410],
    ['already_connected', 200],
    ['flow_already_used', 400],
    ['pim_unreachable', 502],
    ['pim_timeout', 504],
    ['client_credentials_refused', 502],
    ['store_unavailable', 503],
  ] as const)('answers %s with %i', (code, status) => {
    expect(OUTCOMES[code].status).toBe(status);
  });
});
