import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** What one shell knows, and cmd, PowerShell or a POSIX shell does not. */
const OF_ONE_SHELL: readonly RegExp[] = [
  /(?:^|[\s;&|(])(?:exec|rm|cp|mv|ln|cat|grep|sed|awk|jq|source|export|unset|set|touch|chmod|xargs|sleep) /,
  // One that PowerShell has under the same name, with other options.
  /(?:^|[\s;&|(])(?:curl|wget|mkdir -p|ls -|echo -) ?/,
  /\/dev\/null|\$\(|<<|\d>|>>|\\$|`|\^$/,
  /(?:^|\s)[A-Z_][A-Z\d_]*=\S*(?:\s|$)/,
  /\$[A-Za-z_{]|%[A-Za-z_]+%/,
  // cmd takes single quotes and the hash literally; so does zsh the hash, of what is typed or pasted.
  /'|(?:^|\s)#/,
  // cmd has no `;`, and no shell but a POSIX one a `&` behind a command.
  /;(?:\s|$)|[^&]&(?:\s*$|\s+[^&])/,
  /(?:^|[\s;&|(])(?:\.\/|~)/,
];

const isOfOneShell = (line: string): boolean => OF_ONE_SHELL.some((one) => one.test(line));

const tracked = (pattern: string): string[] =>
  execFileSync('git', ['ls-files', pattern], { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter((path) => path !== '');

/** The fenced blocks of a page, each with the paragraph before it and the language of the block behind it. */
function blocksOf(page: string) {
  const blocks = page.matchAll(
    /((?:^.+\n)*)\n? *```(\w+)\n([\s\S]*?)^ *```\n(?=(?:\s*```(\w+))?)/gm,
  );
  return [...blocks].map(([, before = '', language = '', text = '', next = '']) => ({
    before,
    language,
    text,
    next,
  }));
}

/** Commands in the middle of a text; those of a table's row that names its shell are left out. */
function inlineCommandsOf(page: string): string[] {
  const text = page
    .replaceAll(/^ *```[\s\S]*?^ *```/gm, '')
    .replaceAll(/^\| (?:a POSIX shell|PowerShell) .*$/gm, '');
  // The quotes are for PowerShell, which takes the two dashes for its own.
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) =>
    span.replace("'--'", '--'),
  );
  return spans.filter((span) =>
    /^(?:(?:[A-Z_\d]+=\S* )|(?:npm|npx|node|git|cdk|aws|docker|python|rm|cp|mv|cat|export|set) )/.test(
      span,
    ),
  );
}

describe('commands for every shell', () => {
  it.each(tracked('*package.json'))('are the scripts of %s', (path) => {
    const { scripts = {} } = JSON.parse(read(path)) as { scripts?: Record<string, string> };
    expect(Object.values(scripts).filter((line) => isOfOneShell(line))).toEqual([]);
  });

  it.each(tracked('*.md'))('are those in the middle of %s', (path) => {
    const commands = inlineCommandsOf(read(path));
    expect(commands.filter((line) => isOfOneShell(line) || line.includes('&&'))).toEqual([]);
  });

  it.each(tracked('*.md'))(
    'are in %s, or come for PowerShell too, or say that they are for Bash',
    (path) => {
      const alone = blocksOf(read(path)).filter(
        ({ language, before, next }) =>
          language === 'bash' && next !== 'powershell' && !before.includes('in Bash'),
      );
      expect(alone.map(({ text }) => text)).toEqual([]);
    },
  );

  it.each(tracked('*.md'))('are the blocks of `sh` in %s', (path) => {
    const lines = blocksOf(read(path))
      .filter(({ language }) => /^(sh|shell|zsh|console)$/.test(language))
      .flatMap(({ text }) => text.split('\n'));
    // Windows has a PowerShell that knows no `&&`.
    expect(lines.filter((line) => isOfOneShell(line) || line.includes('&&'))).toEqual([]);
  });

  it.each([
    'exec node x.js',
    'rm -rf dist',
    'node x.js > /dev/null',
    'NODE_ENV=test node x.js',
    'export A=b',
    'echo $HOME',
    'npm run app -- \\',
    'npm ci # once',
    "node -e 'x'",
    'npm ci; npm test',
    'npm start &',
    './run',
    'cd ~/app',
    'echo %PATH%',
    'node `which x`',
    'npm test -- A=b x',
    'set A=b',
    'curl http://localhost',
  ])('are not %j', (line) => {
    expect(isOfOneShell(line)).toBe(true);
  });
});
