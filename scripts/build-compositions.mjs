// Builds the graphics that the export draws (compositions/) into resources/compositions/, once per change of their
// sources. Run it by itself, or call buildCompositions() from another script. It needs no network.
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const SOURCES = [
  'compositions',
  'core/graphics',
  'core/time',
  'core/fault.ts',
  'scripts/build-compositions.mjs',
];
const PACKAGES = [
  '@fontsource-variable/inter',
  '@fontsource-variable/literata',
  '@remotion/bundler',
  'react',
  'react-dom',
  'remotion',
  'zod',
];

/** Brings resources/compositions/ up to date. Returns 'unchanged' or 'built'. */
export async function buildCompositions() {
  const target = join(ROOT, 'resources/compositions');
  const version = sourceVersion();
  if ((await builtVersion(target)) === version) return 'unchanged';
  const { bundle } = await import('@remotion/bundler');
  const temporary = `${target}.${randomUUID().slice(0, 8)}`;
  try {
    await mkdir(dirname(target), { recursive: true });
    await bundle({
      entryPoint: join(ROOT, 'compositions/index.ts'),
      rootDir: ROOT,
      outDir: temporary,
      publicDir: join(temporary, 'no-public-files'),
      enableCaching: false,
      // The studio is part of Remotion's page; without its source map the page is half the size.
      webpackOverride: (config) => ({ ...config, devtool: false }),
    });
    await forgetFolder(join(temporary, 'index.html'));
    await writeFile(join(temporary, 'build.json'), `${JSON.stringify({ version })}\n`);
    await replace(target, temporary);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return 'built';
}

/** Remotion writes the folder it was built in into its page; the same sources must give the same files anywhere. */
async function forgetFolder(page) {
  const html = await readFile(page, 'utf8');
  const anywhere = html
    .replaceAll(JSON.stringify(ROOT), '""')
    .replace(/(window\.remotion_projectName = )"[^"]*"/, '$1"inkreel"');
  await writeFile(page, anywhere);
}

async function replace(target, temporary) {
  const old = `${target}.old-${randomUUID().slice(0, 8)}`;
  await rename(target, old).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(temporary, target);
  await rm(old, { recursive: true, force: true });
}

async function builtVersion(target) {
  try {
    return JSON.parse(await readFile(join(target, 'build.json'), 'utf8')).version;
  } catch {
    return null;
  }
}

function sourceVersion() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(filesIn)) {
    hash
      .update(`${file}\n`)
      .update(readFileSync(join(ROOT, file)))
      .update('\n');
  }
  for (const name of PACKAGES) {
    const manifest = JSON.parse(
      readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8'),
    );
    hash.update(`${name} ${manifest.version}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

function filesIn(source) {
  if (/\.\w+$/.test(source)) return [source];
  return readdirSync(join(ROOT, source), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const outcome = await buildCompositions();
  console.log(outcome === 'built' ? 'Graphics built.' : 'Graphics are up to date.');
}
