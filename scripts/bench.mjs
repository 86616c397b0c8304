/*
 * `npm run bench`: how fast, how much, how good. Prints tables; a time never fails anything.
 * npm run bench -- [edits|film|media|book] [F1 F2 …] [--short]; without names, all of them. The short forms take a minute or
 * two each. A new figure is a file in scripts/bench/<group>/ with an `id`, a `title` and
 * `measure({folder, rounds, say, short})`, which answers `{note, rows}`, and a line in `FIGURES`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import * as formats from './bench/book/formats.mjs';
import * as reading from './bench/book/reading.mjs';
import * as typing from './bench/book/typing.mjs';
import * as captionChange from './bench/film/captionChange.mjs';
import * as captionsOver from './bench/film/captionsOver.mjs';
import * as checkCost from './bench/film/checkCost.mjs';
import * as compose from './bench/film/compose.mjs';
import * as hourMemory from './bench/film/hourMemory.mjs';
import * as killResume from './bench/film/killResume.mjs';
import * as lengths from './bench/film/lengths.mjs';
import * as longFilm from './bench/film/longFilm.mjs';
import * as loudness from './bench/film/loudness.mjs';
import * as sameBytes from './bench/film/sameBytes.mjs';
import * as sameCut from './bench/film/sameCut.mjs';
import * as smartRender from './bench/film/smartRender.mjs';
import * as peaks from './bench/media/peaks.mjs';
import * as thumbnails from './bench/media/thumbnails.mjs';
import { runNodeVisibly } from './steps/steps.mjs';
import { isRunBy, node, root } from './steps/tool.mjs';

const FIGURES = {
  film: [
    ...[sameCut, smartRender, captionChange, killResume, captionsOver, sameBytes, longFilm],
    ...[loudness, hourMemory, lengths, checkCost, compose],
  ],
  media: [peaks, thumbnails],
  book: [formats, reading, typing],
};
const GROUPS = ['edits', ...Object.keys(FIGURES)];
const ROUNDS = 3;

const options = process.argv.slice(2).filter((word) => word.startsWith('--'));
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
/** A folder for the bench of edits, which depends on the disk. */
const disk = words.filter((word) => /[\\/]/.test(word));
const names = words.filter((word) => !disk.includes(word));
const short = options.includes('--short');
const groups = names.filter((name) => GROUPS.includes(name));
const ids = names.filter((name) => !GROUPS.includes(name)).map((name) => name.toUpperCase());
const known = Object.values(FIGURES)
  .flat()
  .map(({ id }) => id.toUpperCase());
const unknown = ids.find((id) => !known.includes(id));
if (unknown !== undefined) {
  const choices = [...new Set([...GROUPS, ...known])].join(', ');
  console.error(`There is no bench “${unknown}”. Choose ${choices}, or none for all.`);
  process.exitCode = 2;
} else if (!isRunBy(node)) {
  // The engine's sources run under Node 24 alone.
  process.exitCode = await runNodeVisibly([
    join(root, 'scripts/bench.mjs'),
    ...process.argv.slice(2),
  ]);
} else {
  console.log(
    `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, load ${loadavg()[0].toFixed(1)}`,
  );
  const isWanted = ({ id }) => ids.length === 0 || ids.includes(id.toUpperCase());
  const isEditsWanted = groups.length === 0 ? ids.length === 0 : groups.includes('edits');
  if (isEditsWanted) await runNodeVisibly([join(root, 'scripts/bench-edits.mjs'), ...disk]);
  for (const [group, figures] of Object.entries(FIGURES))
    if (groups.length === 0 || groups.includes(group)) await measureAll(figures.filter(isWanted));
}

async function measureAll(figures) {
  for (const { title, measure } of figures) {
    const folder = await mkdtemp(join(tmpdir(), 'inkreel-bench-'));
    console.log(`\n${title}`);
    try {
      const { note, rows } = await measure({
        folder,
        rounds: short ? 1 : ROUNDS,
        say: console.log,
        short,
      });
      console.log(note);
      console.table(rows);
    } catch (error) {
      console.log(`  not measured: ${error instanceof Error ? error.message : error}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
