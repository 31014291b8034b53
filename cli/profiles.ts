import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { asArgument, failure } from './operator-error.ts';

/**
 * Refuses a profile that no file names: that of `--profile`, else that of `AWS_PROFILE`. The AWS SDK would miss a region
 * or credentials, and say so of these.
 *
 * @param flag the value of `--profile`.
 * @throws {OperatorError} with the profiles that there are.
 * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html The files of AWS}
 */
export async function requireProfile(flag: string | undefined): Promise<void> {
  // The SDK, too, takes an empty variable for none.
  const profile = flag ?? (process.env['AWS_PROFILE'] || undefined);
  if (profile === undefined) return;
  const known = await profiles();
  if (known.has(profile)) return;
  const named = flag === undefined ? ', which AWS_PROFILE names' : '';
  throw failure(
    `There is no AWS profile ${JSON.stringify(profile)}${named}.`,
    known.size === 0
      ? 'No file of AWS names any profile: `aws configure --profile <name>` makes one.'
      : `There are: ${[...known].toSorted().map(asArgument).join(', ')}. \`aws configure --profile <name>\` makes another.`,
  );
}

/** The sections of a file that are profiles: `[profile name]` and `[default]` of one, `[name]` of the other. */
const SECTION = /^[ \t]*\[[ \t]*(profile[ \t]+)?(?:"([^"\]]*)"|'([^'\]]*)'|([^\]\s"']+))[ \t]*\]/gm;

async function profiles(): Promise<ReadonlySet<string>> {
  const folder = join(homedir(), '.aws');
  const config = await textOf(process.env['AWS_CONFIG_FILE'] ?? join(folder, 'config'));
  const credentials = await textOf(
    process.env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(folder, 'credentials'),
  );
  const names = [...config.matchAll(SECTION), ...credentials.matchAll(SECTION)].map(
    ([, , ...name]) => name.find((one) => one !== undefined),
  );
  return new Set(names.filter((name) => name !== undefined));
}

/** Nothing for a file that is absent or may not be read. */
async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
