/*
 * Exports one film in a process of its own, so that a test can kill it: `node exportAlone.ts FILE`, with what
 * `exportAloneSchema` describes in the file. Writes a line to standard output for every progress that is told.
 */
import { readFile } from 'node:fs/promises';
import { FilmBench } from './filmBench.ts';
import { exportAloneSchema } from './killedExport.ts';

const [, , path = ''] = process.argv;
const { folder, writes, timelineId, output, cacheDir, workers } = exportAloneSchema.parse(
  JSON.parse(await readFile(path, 'utf8')),
);
const bench = new FilmBench(folder);
bench.project.apply(writes);
const report = () => process.stdout.write('.\n');
await bench.make(timelineId, { output, cacheDir, workers }, { report });
