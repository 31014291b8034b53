/**
 * `grant` with its AWS handler. It does less: it knows one PIM from its configuration instead of looking it up,
 * keeps its state in a signed cookie instead of a table, and stores no token.
 */
import Grant from 'grant';

const { BENCH_PIM: pim } = process.env;

const grant = Grant.aws({
  config: {
    defaults: { origin: 'https://app.example', transport: 'state', state: true },
    akeneo: {
      authorize_url: `${pim}/connect/apps/v1/authorize`,
      access_url: `${pim}/connect/apps/v1/oauth2/token`,
      oauth: 2,
      key: '11111111-2222-4333-8444-555555555555',
      secret: 'secret',
      scope: ['read_catalog_structure', 'read_categories', 'write_assets', 'write_products'],
      scope_delimiter: ' ',
      response: ['tokens'],
    },
  },
  session: { secret: 'a-secret-that-signs-cookies' },
});

export const handler = async (event) => (await grant(event)).redirect;
