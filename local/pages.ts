/** `npm run pages`: writes every page that PIM users see, to be looked at in a browser. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { brandingOf } from '../branding/app.ts';
import { knownLanguages } from '../functions/pages/known-languages.ts';
import { print } from '../terminal/printable.ts';
import { APP_OPTIONS, appOf } from './app-options.ts';
import { galleryFile, galleryPaths } from './gallery.ts';
import { refuseSwallowed, safeCommand } from './options.ts';

const command = safeCommand('npm run pages --').description(
  'Write every page that PIM users see, in each language, into .cache/pages.',
);
for (const option of APP_OPTIONS) command.addOption(option);
refuseSwallowed(command);

const options = {
  branding: brandingOf(appOf(command.parse().opts())),
  languages: knownLanguages(),
};
const folder = resolve('.cache/pages');
rmSync(folder, { recursive: true, force: true });
for (const path of galleryPaths(options)) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, (await galleryFile(path, options)) ?? '');
}
print(process.stdout, `${join(folder, 'index.html')}\n`);
