import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTING_NAMES, settingMeantBy } from './context.ts';
import { type Problem, problemIf } from './problems.ts';

/** The settings of a deployment, beside `cdk.json`. No command of the CDK writes it. */
export const SETTINGS_FILE = 'akeneo-app.json';

/** The CDK's own file. `cdk context --clear` empties it, and settings in it would go back to their defaults. */
const FILE_OF_THE_CDK = 'cdk.context.json';

/** What the settings file holds. */
export interface SettingsFile {
  /** By the names of `-c name=value`, which wins over them; the values are unchecked. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Whatever is no setting, and settings that are still in the file of the CDK. */
  readonly problems: readonly Problem[];
}

/** Reads the settings file of a folder; without one, every setting has its default. */
export function readSettingsFile(folder: string): SettingsFile {
  const content = readObject(folder, SETTINGS_FILE);
  if (content === undefined) return { settings: {}, problems: [NO_OBJECT, ...leftovers(folder)] };
  const settings = Object.entries(content).filter(([name]) => isSetting(name));
  const others = Object.keys(content).filter((name) => !isSetting(name));
  return {
    settings: Object.fromEntries(settings),
    problems: [...others.map(unknownName), ...leftovers(folder)],
  };
}

const NO_OBJECT: Problem = {
  what: `${SETTINGS_FILE} is no JSON object.`,
  fix: `Write it as { "alarmEmail": "on-call@example.com" }; a comma stands between two settings, and none behind the last.`,
};

function isSetting(name: string): boolean {
  return SETTING_NAMES.includes(name);
}

function unknownName(name: string): Problem {
  const meant = settingMeantBy(name);
  return {
    what: `${SETTINGS_FILE} has ${JSON.stringify(name)}, which is no setting.`,
    fix: meant ? `Write ${meant}.` : 'Leave it out; docs/operate.md lists the settings.',
  };
}

/** Refused rather than read: what the CDK may empty at any time is no place for a domain or the alarms. */
function leftovers(folder: string): readonly Problem[] {
  const names = Object.keys(readObject(folder, FILE_OF_THE_CDK) ?? {}).filter(isSetting);
  return problemIf(
    names.length > 0,
    `${FILE_OF_THE_CDK} has ${names.join(', ')}. It belongs to the CDK, which may empty it.`,
    `Move ${names.length > 1 ? 'them' : 'it'} to ${SETTINGS_FILE} beside it, word for word.`,
  );
}

/** The object of a JSON file: an empty one if there is no such file, `undefined` if it holds anything else. */
function readObject(folder: string, name: string): object | undefined {
  const file = join(folder, name);
  if (!existsSync(file)) return {};
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof content === 'object' && content !== null && !Array.isArray(content)
      ? content
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
