// Makes the sample footage in resources/sample/ anew. Its files are part of the repository: run this only after a
// change in engine/sample/, and look at the result before committing it.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const { makeSampleFootage } = await import('../engine/sample/makeFootage.ts');
const { findFfmpeg } = await import('../engine/tools/ffmpeg.ts');

const { ffmpeg } = await findFfmpeg();
const files = await makeSampleFootage({
  ffmpeg,
  outDir: join(ROOT, 'resources/sample'),
  onProgress: (share) => process.stderr.write(`\r${Math.floor(share * 100)} %`),
});
console.log(`\n${files.join('\n')}`);
