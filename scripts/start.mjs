/*
 * `npm start`: Inkreel in its own window. Where Electron cannot run (no screen, or its program cannot be downloaded),
 * or with --browser, the same interface opens in the browser. A project file can be named; else the sample opens.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from './build.mjs';
import { runNodeVisibly } from './steps/steps.mjs';
import { root, toolScript } from './steps/tool.mjs';

const SOURCES = ['core', 'engine', 'electron', 'renderer', 'compositions', 'package-lock.json'];
const BUILT = join(root, 'out', 'main', 'index.js');
const ELECTRON = join(root, 'node_modules', 'electron');

const rest = process.argv.slice(2).filter((argument) => argument !== '--browser');
process.exitCode = await start();

async function start() {
  if (isOutdated() && (await build()).length > 0) return 1;
  if (rest.length === 0) rest.push(await sampleProject());
  if (!process.argv.includes('--browser') && hasScreen() && (await hasElectron())) {
    return runNodeVisibly([join(ELECTRON, 'cli.js'), root, ...rest]);
  }
  console.log('Opening Inkreel in the browser.');
  return runNodeVisibly([join(root, 'engine', 'cli', 'inkreel.mjs'), 'studio', '--open', ...rest]);
}

/** The path of the sample project, which is made where it is not there yet. */
async function sampleProject() {
  const commandLine = join(root, 'engine', 'cli', 'inkreel.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [
    commandLine,
    'project',
    'sample',
  ]);
  return stdout.trim();
}

/** Whether a source changed after the last build. */
function isOutdated() {
  if (!existsSync(BUILT)) return true;
  const builtAt = statSync(BUILT).mtimeMs;
  return SOURCES.some((source) => newestChange(join(root, source)) > builtAt);
}

function newestChange(path) {
  if (!existsSync(path)) return 0;
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  const entries = readdirSync(path, { recursive: true });
  return Math.max(mtimeMs, ...entries.map((entry) => statSync(join(path, entry)).mtimeMs));
}

function hasScreen() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Electron's program comes with the first start; the download is announced, and its failure is no reason to stop. */
async function hasElectron() {
  const { version } = JSON.parse(readFileSync(join(ELECTRON, 'package.json'), 'utf8'));
  const program = join(ELECTRON, 'path.txt');
  if (
    existsSync(program) &&
    existsSync(join(ELECTRON, 'dist', readFileSync(program, 'utf8').trim()))
  )
    return true;
  console.log(`Downloading Electron ${version} (about 120 MB), once.`);
  const exitCode = await runNodeVisibly([toolScript('electron', 'install-electron')]);
  if (exitCode !== 0) console.log('Electron could not be downloaded.');
  return exitCode === 0;
}
