/*
 * Plants wrong implementations, one at a time, in a copy of the tree, and looks whether the tests notice:
 * node scripts/mutations.mjs [list], a list of tests/mutations. Each entry names what is wrong, the file, the text to
 * find (once) and its replacement; the list says which tests have to notice.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, toolScript } from './steps/tool.mjs';

const COPIED = ['core', 'engine', 'compositions', 'renderer', 'tests', 'resources', 'docs'];
const FILES = ['package.json', 'tsconfig.json', 'vitest.config.ts'];

const list = process.argv[2] ?? 'edits';
const { tests, mutations } = JSON.parse(
  readFileSync(join(root, 'tests/mutations', `${list}.json`), 'utf8'),
);
const folder = mkdtempSync(join(tmpdir(), 'inkreel-mutations-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const name of [...COPIED, ...FILES]) {
  cpSync(join(root, name), join(folder, name), { recursive: true });
}
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');

/** Whether all the tests pass on the copy as it is. */
function passes() {
  const args = [toolScript('vitest'), 'run', '--bail=1', '--reporter=dot', ...tests];
  const { status } = spawnSync(process.execPath, args, { cwd: folder, stdio: 'ignore' });
  return status === 0;
}

if (!passes()) throw new Error('The tests fail before anything is planted.');
const missed = [];
for (const { wrong, file, find, replace } of mutations) {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(find).length !== 2) throw new Error(`${file} does not have this once: ${find}`);
  writeFileSync(
    path,
    text.replace(find, () => replace),
  );
  const isMissed = passes();
  writeFileSync(path, text);
  if (isMissed) missed.push(wrong);
  console.log(`${isMissed ? 'MISSED' : 'caught'}  ${file}: ${wrong}`);
}
console.log(`${mutations.length - missed.length} of ${mutations.length} caught`);
process.exitCode = missed.length === 0 ? 0 : 1;
