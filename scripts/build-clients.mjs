// Bundles what browsers run, each page's program into one script and one style sheet for `html.ts` to carry inside.
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Source and the folder of the bundle; the names are the page's with `.client`. */
const CLIENTS = [
  { page: 'report', source: 'src/report/client/report.ts', folder: 'dist/report' },
  { page: 'dashboard', source: 'src/dashboard/client/dashboard.ts', folder: 'dist/dashboard' },
  { page: 'timeline', source: 'src/timeline/client/timeline.ts', folder: 'dist/timeline' },
  { page: 'flame', source: 'src/profile/client/flame.ts', folder: 'dist/profile' },
  { page: 'differential', source: 'src/profile/client/differential.ts', folder: 'dist/profile' },
];

/** Builds `dist/report/report.client.{js,css}`, `dist/profile/flame.client.{js,css}` and so on. */
export async function buildClients() {
  await Promise.all(CLIENTS.map(({ page, source, folder }) => bundle(source, `${folder}/${page}.client.js`)));
}

/**
 * @param {string} source
 * @param {string} outfile
 */
async function bundle(source, outfile) {
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    minify: true,
    // d3-flame-graph tells its nodes apart by the name of their class.
    keepNames: true,
    format: 'iife',
    target: ['es2022', 'chrome111', 'firefox113', 'safari16.4'],
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildClients();
