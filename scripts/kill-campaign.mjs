/*
 * Kills “inkreel edit --each” at random moments and looks whether anything that was acknowledged is lost:
 * node scripts/kill-campaign.mjs [count], 1,000 unless said otherwise.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProjectFile } from '../engine/project/projectFile.ts';

const PROGRAM = fileURLToPath(new URL('../engine/cli/inkreel.mjs', import.meta.url));
const COMMANDS = 5_000;
const MOST_DELAY_MS = 60;

const count = Number(process.argv[2] ?? '1000');
const folder = mkdtempSync(join(tmpdir(), 'inkreel-kills-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'film.inkreel');
const commands = join(folder, 'commands.json');
const env = {
  ...process.env,
  INKREEL_DATA: join(folder, 'data'),
  INKREEL_CACHE: join(folder, 'cache'),
};

/** Kills a run some time after its first acknowledged edit; gives the last revision it acknowledged. */
async function killedRun() {
  const child = spawn(process.execPath, [PROGRAM, 'edit', path, '--commands', commands, '--each'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    if (text === '') setTimeout(() => child.kill('SIGKILL'), Math.random() * MOST_DELAY_MS);
    text += chunk;
  });
  await once(child, 'close');
  // The last line may have been cut off by the kill.
  const lines = text.split('\n').slice(0, -1);
  return lines.length === 0 ? 0 : JSON.parse(lines.at(-1)).revision;
}

ProjectFile.create(path, 'Film').close();
writeFileSync(
  commands,
  JSON.stringify(
    Array.from({ length: COMMANDS }, (_, index) => ({
      type: 'project.rename',
      name: `Name ${index}`,
    })),
  ),
);
let lost = 0;
let damaged = 0;
let lockedOut = 0;
let edits = 0;
let slowestOpenMs = 0;
for (let kill = 1; kill <= count; kill++) {
  const acknowledged = await killedRun();
  const started = performance.now();
  const file = ProjectFile.open(path);
  slowestOpenMs = Math.max(slowestOpenMs, performance.now() - started);
  if (file.revision < acknowledged) lost += acknowledged - file.revision;
  if (file.integrityProblems().length > 0) damaged += 1;
  if (file.readOnlyReason !== null) lockedOut += 1;
  edits = file.revision;
  file.close();
  if (kill % 25 === 0 || kill === count) console.error(`${kill} of ${count} kills`);
}
console.log(
  `${count} kills, ${edits} edits: ${lost} acknowledged edits lost, ${damaged} times damaged, ${lockedOut} times locked, reopened in at most ${slowestOpenMs.toFixed(0)} ms`,
);
process.exitCode = lost + damaged + lockedOut > 0 ? 1 : 0;
