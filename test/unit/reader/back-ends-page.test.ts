import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK } from '../../../functions/environment.ts';
import { STATUS_INDEX } from '../../../functions/tables/connections.ts';
import {
  CONNECTION_ERROR_CODES,
  CONNECTION_STATUSES,
  READER_ENVIRONMENT,
} from '../../../reader/index.ts';
import { newPim, newWorld } from './support/reader-world.ts';

const read = (path: string) =>
  readFileSync(new URL(`../../../docs/${path}`, import.meta.url), 'utf8');

const PAGE = read('back-ends.md');

/** The first cells of the page's table rows; one cell may name several things. */
const FIRST_CELLS = PAGE.split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split(' | ')[0] ?? '')
  .join('\n');

describe('docs/back-ends.md', () => {
  it.each(['back-end.ts', 'local-back-end.ts', 'read_token.py'])('shows %s as it is', (file) => {
    const source = read(`examples/${file}`).trimEnd();
    const published = source
      .replace('../../reader/index.ts', 'akeneo-app-activation/reader')
      .replace('../../local/open-local-connections.ts', 'akeneo-app-activation/local');
    expect(PAGE).toContain(`\n${published}\n\`\`\`\n`);
  });

  it.each([
    ...CONNECTION_ERROR_CODES,
    ...CONNECTION_STATUSES,
    ...Object.values(READER_ENVIRONMENT),
    DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK,
    ...STATUS_INDEX.attributes,
  ])('explains %s', (name) => {
    expect(FIRST_CELLS).toContain(`\`${name}\``);
  });

  it('explains every attribute of a connection that the callback saves', async () => {
    const world = await newWorld();
    const pim = newPim();
    await world.connect({ pim });
    for (const name of Object.keys((await world.row(pim)) ?? {}))
      expect(FIRST_CELLS).toContain(`\`${name}\``);
  });

  it('says which option of the grant sets the client id', () => {
    const row = PAGE.split('\n').find((line) =>
      line.startsWith(`| \`${READER_ENVIRONMENT.clientId}`),
    );
    expect(row).toContain('`grantRead` with `{ clientId }`');
  });

  it('names the tarball that npm pack makes', () => {
    const { name, version } = JSON.parse(read('../package.json'));
    expect(PAGE).toContain(`npm install <path>/${name}-${version}.tgz`);
  });

  it('names the index', () => {
    expect(PAGE).toContain(
      `The index \`${STATUS_INDEX.name}\` (partition key \`${STATUS_INDEX.partitionKey}\`, sort key \`${STATUS_INDEX.sortKey}\`)`,
    );
  });
});
