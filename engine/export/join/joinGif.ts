import { join } from 'node:path';
import { runFfmpeg } from '../../process/runFfmpeg.ts';
import { concatInput, type JoinOptions, refuseJoin } from './joinOptions.ts';

/**
 * Writes a GIF in two passes: one palette is chosen from all pictures, then all are drawn with it. Delays are hundredths
 * of a second; each picture begins at the hundredth nearest to its time, so the length of the whole stays right.
 */
export async function joinGif(options: JoinOptions, list: string): Promise<void> {
  const { tools, plan, settings, folder, output, signal } = options;
  const palette = join(folder, 'palette.png');
  const reserve = settings.background === 'clear' ? 1 : 0;
  refuseJoin(
    await runFfmpeg(
      tools,
      [
        ...concatInput(list),
        ...['-vf', `palettegen=stats_mode=full:reserve_transparent=${reserve}`],
        ...['-frames:v', '1', '-f', 'image2', '-update', '1', '-c:v', 'png'],
      ],
      palette,
      { signal },
    ),
  );
  const { num, den } = plan.frameRate;
  const last = plan.endFrame - plan.startFrame;
  const hundredths = (frame: number) => Math.round((frame * den * 100) / num);
  refuseJoin(
    await runFfmpeg(
      tools,
      [
        ...[...concatInput(list), '-i', palette],
        '-filter_complex',
        `[0:v]settb=1/${num},setpts=N*${den}[film];[film][1:v]paletteuse=dither=sierra2_4a:diff_mode=rectangle`,
        ...['-fps_mode', 'passthrough', '-c:v', 'gif', '-fflags', '+bitexact'],
        ...['-final_delay', String(hundredths(last) - hundredths(last - 1))],
        ...['-loop', '0', '-f', 'gif'],
      ],
      output,
      { signal },
    ),
  );
}
