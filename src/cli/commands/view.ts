// `forgebench view`: a profile in speedscope, without a network and without a server.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { toSpeedscope } from '../../profile/index.js';
import { slug } from '../../units/index.js';
import { EXIT } from '../exit-code.js';
import { openReport } from '../open-report.js';
import { checkOutputFolder } from '../output.js';
import { readProfileFile } from '../profile-file.js';

/** Flags of the verb. */
export interface ViewFlags {
  output?: string;
  unit?: string;
  json?: boolean;
}

/**
 * Writes a page that shows the profile in speedscope, beside one copy of speedscope for all pages of the folder, and opens
 * it where there is a desktop. The folder may be moved and needs nothing else. Returns the exit code.
 */
export async function view(file: string, flags: ViewFlags): Promise<number> {
  const { profile } = readProfileFile(file, flags.unit);
  const folder = checkOutputFolder(resolve(flags.output ?? '.forgebench/view'));
  const title = file === '-' ? 'profile' : `${basename(dirname(resolve(file)))}/${basename(file)}`;
  const page = writePage(folder, title, JSON.stringify(toSpeedscope(profile, title)));
  process.stdout.write(
    flags.json ? `${JSON.stringify({ page, folder })}\n` : `${relative(process.cwd(), page)}: open it in a browser\n`,
  );
  openReport(page);
  return EXIT.well;
}

/**
 * speedscope shows a profile that a script hands over, and finds the script by the path in its address. The page tells that
 * path when it is opened, so that it is right wherever the folder lies. It begins with what weighs most, because profiles
 * here have no order in time.
 */
function writePage(folder: string, title: string, profile: string): string {
  const name = slug(title);
  mkdirSync(join(folder, 'speedscope'), { recursive: true });
  cpSync(viewer(), join(folder, 'speedscope'), { recursive: true });
  const base64 = Buffer.from(profile).toString('base64');
  writeFileSync(
    join(folder, `${name}.js`),
    `speedscope.loadFileFromBase64(${JSON.stringify(`${title}.json`)}, ${JSON.stringify(base64)});\n`,
  );
  const page = join(folder, `${name}.html`);
  writeFileSync(
    page,
    `<!doctype html>
<meta charset="utf-8">
<title>speedscope</title>
<script>
const script = new URL(${JSON.stringify(`./${name}.js`)}, location.href).pathname.slice(1);
location.replace('speedscope/index.html' + (location.hash || '#view=left-heavy') + '&localProfilePath=' + encodeURIComponent(script));
</script>
`,
  );
  return page;
}

function viewer(): string {
  return join(dirname(createRequire(import.meta.url).resolve('speedscope/package.json')), 'dist/release');
}
