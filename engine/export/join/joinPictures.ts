import { join } from 'node:path';
import { runFfmpeg } from '../../process/runFfmpeg.ts';
import { concatInput, type JoinOptions, refuseJoin } from './joinOptions.ts';

/** Digits of a frame number: room for nine hours at thirty frames a second. */
const DIGITS = 6;

/** Names of pictures that an export has written. */
export const PICTURE_NAME: RegExp = /^frame-\d{6,}\.(?:png|jpg)$/;

/** Writes each picture as a file of its own into a folder that is there. */
export async function joinPictures(options: JoinOptions, list: string): Promise<void> {
  const { tools, plan, settings, output, signal } = options;
  const extension = settings.videoCodec === 'png' ? 'png' : 'jpg';
  const pattern = join(output.replaceAll('%', '%%'), `frame-%0${DIGITS}d.${extension}`);
  refuseJoin(
    await runFfmpeg(
      tools,
      [
        ...concatInput(list),
        ...['-map', '0:v', '-c:v', 'copy', '-f', 'image2'],
        ...['-start_number', String(plan.startFrame)],
      ],
      pattern,
      { signal },
    ),
  );
}
