import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ExportPlan } from '#core/render/planExport.ts';
import { numberedPictures } from '../../files/numberedPictures.ts';
import { run } from '../../process/run.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { failure, type FilmCheck, someOf } from './filmCheck.ts';

/** Numbered pictures: whether there is one for each frame, without gaps, and the first and last have the right size. */
export async function checkPictureFiles(options: {
  tools: Ffmpeg;
  plan: ExportPlan;
  /** Their folder, or any one of them. */
  path: string;
  signal: AbortSignal;
}): Promise<FilmCheck[]> {
  const { plan, path } = options;
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false;
  const folder = isFolder ? path : dirname(path);
  const numbered = await numberedPictures(folder, isFolder ? null : basename(path));
  const frames = plan.endFrame - plan.startFrame;
  const gaps = numbered.flatMap(({ number }, index) =>
    index > 0 && number !== (numbered[index - 1]?.number ?? 0) + 1 ? [`before ${number}`] : [],
  );
  const sizes = new Set<string>();
  for (const picture of [numbered[0], numbered.at(-1)])
    if (picture) sizes.add(await sizeOf(options, join(folder, picture.name)));
  const wanted = `${plan.width} × ${plan.height}`;
  const isWhole = numbered.length === frames && gaps.length === 0;
  return [
    failure(
      'Frames',
      isWhole,
      `${numbered.length} of ${frames} pictures${gaps.length > 0 ? `, gaps ${someOf(gaps)}` : ''}`,
    ),
    failure('Size', sizes.size === 1 && sizes.has(wanted), [...sizes].join(' and ') || 'none'),
  ];
}

async function sizeOf(
  { tools, signal }: { tools: Ffmpeg; signal: AbortSignal },
  path: string,
): Promise<string> {
  const { stdout } = await run(
    tools.ffprobe,
    [
      ...['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'stream=width,height'],
      ...['-of', 'csv=p=0:s=x', '-protocol_whitelist', 'file', '-i', `file:${path}`],
    ],
    { signal },
  );
  return stdout.trim().replace('x', ' × ') || 'unreadable';
}
