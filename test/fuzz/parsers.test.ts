import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMalformed } from '../../functions/pim/malformed.ts';
import { readTokenAnswer } from '../../functions/pim/oauth.ts';
import { PimUrl, registrationKeys } from '../../functions/pim/pim-url.ts';
import { retryAfterMs, tokenRefusal } from '../../functions/pim/rest-api-refusals.ts';
import { formatScope } from '../../functions/pim/scopes.ts';
import { CONNECTIONS, SHOWN_ATTRIBUTES } from '../../functions/tables/connections.ts';
import { FLOWS, readFlow } from '../../functions/tables/flows.ts';
import { PIM_ATTRIBUTES, PIMS } from '../../functions/tables/pims.ts';
import { readRow, type StoredRow } from '../../functions/tables/row.ts';
import { RUNS } from './runs.ts';

const POLICY = { dangerouslyAllowHttpOnLoopback: true };
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

describe(`${RUNS} inputs of any kind`, () => {
  it('as the address of a PIM: a host of plain labels on https or the loopback, or a problem', () => {
    const parts = fc.array(
      fc.oneof(
        anyText,
        fc.constantFrom(
          'https://',
          'http://',
          '@',
          ':',
          '/',
          '..',
          '?',
          '#',
          '\\',
          '%2F',
          'localhost',
          '127.0.0.1',
          'ＰＩＭ',
          'xn--',
          'a'.repeat(63),
          '.',
          '$(id)',
        ),
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          parts.map((all) => all.join('')),
        ),
        (raw) => {
          const pim = PimUrl.parse(raw, POLICY);
          if (isMalformed(pim)) return;
          expect(pim.toString()).toMatch(
            /^https?:\/\/(?=[^/]{1,259}(\/|$))(\[[\da-f:.]+\]|[\w-]{1,63}(\.[\w-]{1,63})*)(:\d+)?(\/[^?#\s\\]*)?$/,
          );
          expect(isMalformed(PimUrl.parse(pim.toString(), POLICY))).toBe(false);
          expect(registrationKeys(pim)[0]).toBe(pim.toString());
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('as the answer of a token endpoint: a grant within bounds, an OAuth error, or a failure', () => {
    const member = fc.oneof(
      anyText,
      fc.integer(),
      fc.constant(null),
      fc.constantFrom('x'.repeat(4_095), 'x'.repeat(4_096), 'x'.repeat(4_097)),
    );
    const json = fc
      .record(
        {
          access_token: fc.oneof(fc.constant('a'.repeat(86)), member),
          token_type: fc.oneof(fc.constant('bearer'), member),
          scope: fc.oneof(fc.constant('read_products'), member),
          error: member,
          error_description: member,
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value));
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 599 }),
        fc.oneof(json, fc.json(), anyText),
        (status, body) => {
          const outcome = readTokenAnswer({ status, body });
          if (outcome.kind !== 'granted') return;
          const scope = formatScope(outcome.scopes);
          expect({ status, isBounded: scope.length <= 4_096 }).toEqual({
            status: 200,
            isBounded: true,
          });
          expect(scope).toMatch(/^[\x21\x23-\x5b\x5d-\x7e ]*$/);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('as a refusal of the REST API: only the PIM’s own words end a connection', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), anyText), anyText, (body, header) => {
        expect(tokenRefusal(body)).toBe('other');
        const wait = retryAfterMs(header, 0);
        expect(wait ?? 0).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: RUNS },
    );
  });

  it('as a row of a table: the typed row, or a problem that quotes nothing of it', () => {
    const SECRET = 'SECRETVALUE';
    const value = fc.oneof(
      anyText.map((text) => ({ S: SECRET + text })),
      fc.constant({ S: '2026-11-30T12:00:00.000Z' }),
      fc.constant({ S: 'connected' }),
      fc.double().map((number) => ({ N: String(number) })),
      fc.uint8Array().map((bytes) => ({ B: bytes })),
      fc.constant({}),
    );
    const names = [
      ...new Set([CONNECTIONS, FLOWS, PIMS].flatMap(({ attributes }) => Object.keys(attributes))),
    ];
    const rows: fc.Arbitrary<StoredRow> = fc.dictionary(fc.constantFrom(...names), value);
    fc.assert(
      fc.property(rows, (row) => {
        const read = [
          readRow(CONNECTIONS, row, SHOWN_ATTRIBUTES),
          readRow(PIMS, row, PIM_ATTRIBUTES),
          readFlow(row, POLICY),
        ];
        const problems = read.filter(isMalformed).map(({ problem }) => problem);
        expect(problems.join()).not.toContain(SECRET);
      }),
      { numRuns: RUNS },
    );
  });
});
