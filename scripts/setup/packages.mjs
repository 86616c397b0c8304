import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { environmentOutsideNpm, findOnPath, isExecutable, run } from './exec.mjs';

const STAMP = join('node_modules', '.inkreel-setup');

/**
 * Whether node_modules holds what package-lock.json asks for: `'current'`, `'unstamped'` (npm put the same versions
 * there before set-up ran) or `'outdated'`.
 */
export async function packagesState(root) {
  const lock = await readFile(join(root, 'package-lock.json'), 'utf8');
  if ((await readText(join(root, STAMP))) === stampFor(lock)) return 'current';
  const installed = await readText(join(root, 'node_modules', '.package-lock.json'));
  return installed !== null && holdsWhatIsLocked(lock, installed) ? 'unstamped' : 'outdated';
}

export async function writeStamp(root) {
  const lock = await readFile(join(root, 'package-lock.json'), 'utf8');
  await writeFile(join(root, STAMP), stampFor(lock));
}

/**
 * Installs exactly what package-lock.json says. With `ffmpeg`, the path of an ffmpeg that is good enough, the
 * optional ffmpeg-static package downloads nothing. Answers `{ok, output}`.
 */
export async function installPackages(root, { ffmpeg, env = process.env }) {
  if (
    process.platform === 'win32' &&
    process.execPath.startsWith(join(root, 'node_modules') + sep)
  ) {
    return {
      ok: false,
      output: 'Windows cannot replace the Node that is running. Run “npm ci”, then this again.',
    };
  }
  const outside = environmentOutsideNpm(env);
  const npm = await findNpm(outside);
  if (npm === null)
    return { ok: false, output: 'npm was not found. Install Node 20 or newer with npm.' };
  const { exitCode, output } = await run(
    npm.file,
    [
      ...npm.args,
      'ci',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      '--loglevel=error',
    ],
    { cwd: root, env: ffmpeg === null ? outside : { ...outside, FFMPEG_BIN: ffmpeg } },
  );
  return { ok: exitCode === 0, output };
}

/** npm as something to run with a Node that lies outside node_modules, because `npm ci` deletes that folder. */
async function findNpm(env) {
  const node = (await findOnPath('node', env)) ?? process.execPath;
  const beside = dirname(node);
  const scripts = [
    env.npm_execpath?.endsWith('npm-cli.js') ? env.npm_execpath : null,
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  for (const script of scripts) {
    if (script !== null && (await readText(script)) !== null) return { file: node, args: [script] };
  }
  const program = await findOnPath('npm', env);
  return program !== null && (await isExecutable(program)) ? { file: program, args: [] } : null;
}

/** Compares npm's own record of what it installed with the lock. Optional packages may be absent, never different. */
function holdsWhatIsLocked(lockText, installedText) {
  const locked = JSON.parse(lockText).packages ?? {};
  const installed = JSON.parse(installedText).packages ?? {};
  return Object.entries(locked).every(([path, wanted]) => {
    if (path === '' || wanted.link === true) return true;
    const found = installed[path];
    if (found === undefined) return wanted.optional === true || wanted.devOptional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

function stampFor(lock) {
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`;
}

function readText(path) {
  return readFile(path, 'utf8').catch(() => null);
}
