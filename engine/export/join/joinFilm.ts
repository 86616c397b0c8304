import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ContainerId, CONTAINERS } from '#core/render/formats.ts';
import { languageCode } from '#core/render/languageCode.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import { FLICKS_PER_SECOND } from '#core/time/flicks.ts';
import { frameStart, type Rate } from '#core/time/rate.ts';
import { inputArguments } from '../../media/probe.ts';
import { runFfmpeg } from '../../process/runFfmpeg.ts';
import { type CoverPicture, coverArguments, readCover } from './coverPicture.ts';
import { pictureEncoding, soundArguments } from '../encode/encoders.ts';
import { writeFilmTags } from './filmTags.ts';
import { joinGif } from './joinGif.ts';
import { concatInput, type JoinOptions, refuseJoin } from './joinOptions.ts';
import { joinPictures } from './joinPictures.ts';
import { rawFormat } from '../sound/rawSound.ts';

/**
 * The silence that libopus puts in front of the sound: 312 samples at 48 kHz. Matroska and WebM say it beside times that
 * begin with it, ffmpeg’s do not: sound is moved by it.
 */
const OPUS_DELAY_SECONDS = '0.0065';

/**
 * Seeking needs the index, and players that load from a network need it first. What an audio encoder puts in front of
 * the sound is told as a delay, so the picture need not begin later for it.
 */
const MATROSKA = ['-cues_to_front', '1', '-avoid_negative_ts', 'disabled'];

/** ffmpeg’s names of the containers that are written in one go. */
export const MUXERS: Readonly<Partial<Record<ContainerId, readonly string[]>>> = {
  mp4: ['mp4', '-movflags', '+faststart'],
  mov: ['mov', '-movflags', '+faststart'],
  mkv: ['matroska', ...MATROSKA],
  webm: ['webm', ...MATROSKA],
  wav: ['wav', '-rf64', 'auto'],
  flac: ['flac'],
  mp3: ['mp3', '-id3v2_version', '3'],
  m4a: ['ipod', '-movflags', '+faststart'],
  ogg: ['opus'],
};

/**
 * Joins encoded pieces and the mixed sound into one film: picture packets are copied, sound is encoded once. A GIF gets
 * its palette here, pictures their folder.
 * Refuses `export/join-failed` and `export/cover-unreadable`.
 */
export async function joinFilm(options: JoinOptions): Promise<void> {
  const list = options.pieces.length > 0 ? await pieceList(options) : null;
  if (list !== null && options.settings.container === 'gif') return joinGif(options, list);
  if (list !== null && options.settings.container === 'pictures')
    return joinPictures(options, list);
  const inputs = new Inputs();
  const cover = await readCover(options.settings);
  const args = [
    ...pictureArguments(options, list, inputs),
    ...soundInput(options, inputs),
    ...captionArguments(options, inputs),
    ...coverArguments(options.settings, cover, (input) => inputs.add(input)),
    ...(await tagArguments(options, inputs, cover)),
  ];
  const muxer = MUXERS[options.settings.container];
  if (muxer === undefined) throw new Error(`Nothing writes ${options.settings.container}`);
  const failure = await runFfmpeg(
    options.tools,
    [
      ...inputs.arguments,
      ...args,
      ...['-fflags', '+bitexact', '-flags:a', '+bitexact'],
      ...['-f', ...muxer],
    ],
    options.output,
    {
      signal: options.signal,
      ...(options.sound?.kind === 'mixed' && options.sound.feed !== undefined
        ? { writeStdin: options.sound.feed }
        : {}),
    },
  );
  refuseJoin(failure);
}

/**
 * Languages that ffmpeg finds by another code in QuickTime’s own list (Macintosh language codes, QuickTime File Format);
 * those that the list does not have stay unnamed there.
 */
const QUICKTIME_CODES: Readonly<Record<string, string>> = {
  deu: 'ger',
  nld: 'dut',
  swe: 'sve',
  ell: 'gre',
  isl: 'ice',
  zho: 'chi',
  sqi: 'alb',
  mkd: 'mac',
  hye: 'arm',
  kat: 'geo',
};

function codeIn(container: ContainerId, language: string): string {
  const code = languageCode(language);
  return container === 'mov' ? (QUICKTIME_CODES[code] ?? code) : code;
}

/** Inputs of an ffmpeg command as they are numbered. */
class Inputs {
  readonly arguments: string[] = [];
  #count = 0;

  /** Gives the number of the input. */
  add(input: readonly string[]): number {
    this.arguments.push(...input);
    this.#count += 1;
    return this.#count - 1;
  }
}

/** What reads all pieces as one stream. */
async function pieceList({ pieces, plan, folder }: JoinOptions): Promise<string> {
  const list = join(folder, 'pieces.ffconcat');
  // Durations are rounded to microseconds: taken from where pieces begin, their errors do not add up.
  const beginning = (frame: number) =>
    Math.round((frameStart(frame, plan.frameRate) * 1_000_000) / FLICKS_PER_SECOND);
  let frame = 0;
  const entries = pieces.flatMap(({ path, frames }) => {
    const first = frame;
    frame += frames;
    return [
      `file '${path.replaceAll("'", "'\\''")}'`,
      `duration ${beginning(frame) - beginning(first)}us`,
    ];
  });
  await writeFile(list, `ffconcat version 1.0\n${entries.join('\n')}\n`);
  return list;
}

function pictureArguments(
  { plan, settings, pictures }: JoinOptions,
  list: string | null,
  inputs: Inputs,
): string[] {
  const encoding = pictureEncoding(plan, settings);
  if (encoding === null || (list === null && pictures === undefined)) return [];
  const input = inputs.add(list === null ? inputArguments(pictures ?? '') : concatInput(list));
  const { den, num } = plan.frameRate;
  const times = list === null ? null : exactTimes(settings, plan.frameRate, encoding.reorderFrames);
  const isMp4 = countsInFrames(settings);
  return [
    ...['-map', `${input}:v`, '-c:v:0', 'copy'],
    ...(times === null ? [] : ['-bsf:v:0', times]),
    // Containers that count in milliseconds say at least that the rate is constant.
    ...['-r:v:0', `${num}/${den}`],
    ...(settings.videoCodec === 'hevc' && isMp4 ? ['-tag:v:0', 'hvc1'] : []),
    ...(isMp4 ? ['-video_track_timescale', String(num)] : []),
  ];
}

/** Whether the ticks of a container are those of the pieces. */
function countsInFrames({ container }: ExportSettings): boolean {
  return container === 'mp4' || container === 'mov';
}

/**
 * Joining rounds times to microseconds, and short pieces begin with other decoding delays than long ones. At a constant
 * rate both times follow from the count: presentation on whole frames, decoding as far ahead as the encoder reorders.
 * Containers that count in milliseconds round what joining gives, and times of decoding are not written there: they only
 * have to rise. Null where times may stay as they are.
 */
function exactTimes(settings: ExportSettings, { den }: Rate, reorderFrames: number): string | null {
  if (!countsInFrames(settings)) {
    return reorderFrames === 0 ? null : `setts=pts=PTS:dts=N-${reorderFrames}`;
  }
  if (reorderFrames === 0) return `setts=ts=N*${den}:duration=${den}`;
  return `setts=pts=round(PTS/${den})*${den}:dts=(N-${reorderFrames})*${den}`;
}

function soundInput({ plan, settings, sound }: JoinOptions, inputs: Inputs): string[] {
  if (sound === null || settings.audioCodec === 'none') return [];
  const isMatroska = settings.container === 'mkv' || settings.container === 'webm';
  const delay = isMatroska && settings.audioCodec === 'opus' ? OPUS_DELAY_SECONDS : '0';
  const { language } = settings.metadata;
  const input = inputs.add(
    sound.kind === 'encoded'
      ? inputArguments(sound.path)
      : [
          ...['-itsoffset', delay, ...rawFormat(plan.sampleRateHz)],
          ...['-i', sound.feed ? 'pipe:0' : sound.path],
        ],
  );
  return [
    ...['-map', `${input}:a`],
    ...(sound.kind === 'encoded' ? ['-c:a', 'copy'] : soundArguments(plan, settings)),
    ...(language === undefined
      ? []
      : ['-metadata:s:a:0', `language=${codeIn(settings.container, language)}`]),
  ];
}

function captionArguments({ settings, captions }: JoinOptions, inputs: Inputs): string[] {
  const { subtitles } = CONTAINERS[settings.container];
  if (subtitles === null) return [];
  const read = subtitles === 'webvtt' ? 'webvtt' : 'srt';
  return captions.flatMap(({ path, language, title }, index) => [
    ...['-map', `${inputs.add(['-f', read, '-i', path])}:s`],
    ...[`-c:s:${index}`, subtitles],
    ...[`-metadata:s:s:${index}`, `title=${title}`],
    // Players of MP4 show the title as the name of the track's handler.
    ...(subtitles === 'mov_text' ? [`-metadata:s:s:${index}`, `handler_name=${title}`] : []),
    ...(language === undefined
      ? []
      : [`-metadata:s:s:${index}`, `language=${codeIn(settings.container, language)}`]),
  ]);
}

async function tagArguments(
  options: JoinOptions,
  inputs: Inputs,
  cover: CoverPicture | null,
): Promise<string[]> {
  const container = CONTAINERS[options.settings.container];
  const path = await writeFilmTags(options, container);
  if (path === null) return ['-map_metadata', '-1', '-map_chapters', '-1'];
  const input = inputs.add(['-f', 'ffmetadata', '-i', path]);
  // MP3 shows no picture that has no name.
  const named = cover !== null && container.id === 'mp3';
  return [
    ...[
      '-map_metadata',
      String(input),
      '-map_chapters',
      container.hasChapters ? String(input) : '-1',
    ],
    ...(named ? ['-metadata:s:v', 'comment=Cover (front)'] : []),
  ];
}
