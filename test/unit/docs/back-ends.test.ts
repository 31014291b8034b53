import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK,
  READER_ENVIRONMENT,
} from '../../../functions/environment.ts';

const read = (path: string) =>
  readFileSync(new URL(`../../../docs/${path}`, import.meta.url), 'utf8');

const PAGE = read('back-ends.md');

/** The first cells of the page's table rows; one cell may name several things. */
const FIRST_CELLS = PAGE.split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split(' | ')[0] ?? '')
  .join('\n');

describe('docs/back-ends.md', () => {
  it.each(['back-end.ts', 'local-back-end.ts', 'read_token.py', 'php/config/services.yaml'])(
    'shows %s as it is',
    (file) => {
      const published = read(`examples/${file}`).trimEnd();
      expect(PAGE).toContain(`\n${published}\n\`\`\`\n`);
    },
  );

  it('has its sample of the CDK in the README, too', () => {
    const sample = read('examples/activation.ts').trimEnd();
    expect(read('../README.md')).toContain(`\n${sample}\n\`\`\`\n`);
    expect(read('operate.md')).toContain(`\n${sample}\n\`\`\`\n`);
  });

  it.each([...Object.values(READER_ENVIRONMENT), DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK])(
    'explains %s',
    (name) => {
      expect(FIRST_CELLS).toContain(`\`${name}\``);
    },
  );

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
});
