import { resolve } from 'node:path';
import { numberedImportSchema } from '#core/contract/media.ts';
import { parseRate } from '#core/time/rate.ts';
import { type Command, textOption, unwrap, wrongUsage } from '../command.ts';
import { finishJob, openProject } from './shared.ts';

/** `media import-numbered`. */
export const mediaImportNumbered: Command = {
  name: 'media import-numbered',
  usage: 'FILE PICTURE [--fps RATE] [--out MOVIE] [--force]',
  summary:
    'Makes one clip of the numbered pictures that PICTURE is one of. Default rate: the first timeline’s.',
  options: { fps: { type: 'string' }, out: { type: 'string' }, force: { type: 'boolean' } },
  positionals: [2, 2],
  async run(context) {
    const [file = '', path = ''] = context.positionals;
    const fps = textOption(context, 'fps');
    const out = textOption(context, 'out');
    const frameRate = fps === undefined ? undefined : parseRate(fps);
    if (frameRate === null) wrongUsage('--fps takes pictures a second, such as 25 or 30000/1001.');
    const { projectId } = await openProject(context, file);
    const { jobId } = unwrap(
      await context.engine.call('media.importNumbered', {
        projectId,
        path: resolve(path),
        force: context.options['force'] === true,
        ...(frameRate !== undefined && { frameRate }),
        ...(out !== undefined && { output: resolve(out) }),
      }),
    );
    const made = numberedImportSchema.parse((await finishJob(context, jobId)).result);
    const gaps = `  left out beyond a gap: ${made.beyondGaps}`;
    return {
      json: made,
      lines: [
        `${made.assetId}  ${made.output}`,
        `  ${made.count} pictures, ${made.first} to ${made.last}, ${made.copied ? 'as they are' : 'coded as PNG'}`,
        ...(made.beyondGaps > 0 ? [gaps] : []),
      ],
    };
  },
};
