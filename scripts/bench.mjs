/*
 * `npm run bench`: how fast, how much, how good. Prints tables; a time never fails anything.
 * npm run bench -- [edits|film|media]; without a name, all of them. A new figure is a file in scripts/bench/<group>/
 * with a `title` and `measure({folder, rounds, say})`, which answers `{note, rows}`, and a line in `FIGURES`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import * as sameCut from './bench/film/sameCut.mjs';
import * as peaks from './bench/media/peaks.mjs';
import * as thumbnails from './bench/media/thumbnails.mjs';
import { runNodeVisibly } from './steps/steps.mjs';
import { node, root } from './steps/tool.mjs';

const FIGURES = { film: [sameCut], media: [peaks, thumbnails] };
const GROUPS = ['edits', ...Object.keys(FIGURES)];
const ROUNDS = 3;

const [wanted, ...rest] = process.argv.slice(2);
if (wanted !== undefined && !GROUPS.includes(wanted)) {
  console.error(`There is no bench “${wanted}”. Choose ${GROUPS.join(', ')}, or none for all.`);
  process.exitCode = 2;
} else if (node !== process.execPath) {
  // The engine's sources run under Node 24 alone.
  process.exitCode = await runNodeVisibly([
    join(root, 'scripts/bench.mjs'),
    ...process.argv.slice(2),
  ]);
} else {
  console.log(
    `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, load ${loadavg()[0].toFixed(1)}`,
  );
  for (const group of wanted === undefined ? GROUPS : [wanted]) {
    if (group === 'edits') await runNodeVisibly([join(root, 'scripts/bench-edits.mjs'), ...rest]);
    else await measureAll(FIGURES[group]);
  }
}

async function measureAll(figures) {
  for (const { title, measure } of figures) {
    const folder = await mkdtemp(join(tmpdir(), 'inkreel-bench-'));
    console.log(`\n${title}`);
    try {
      const { note, rows } = await measure({ folder, rounds: ROUNDS, say: console.log });
      console.log(note);
      console.table(rows);
    } catch (error) {
      console.log(`  not measured: ${error instanceof Error ? error.message : error}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
