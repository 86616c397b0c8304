import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { writeOutput } from '../files/outputFile.ts';
import { run } from '../process/run.ts';
import { createPainter } from './painter.ts';
import { musicBed, sceneSound } from './score.ts';
import { HEIGHT, type Shot, WIDTH } from './shot.ts';
import { dawn } from './shots/dawn.ts';
import { ink } from './shots/ink.ts';
import { lighthouse } from './shots/lighthouse.ts';
import { reel } from './shots/reel.ts';
import { sea } from './shots/sea.ts';
import { SAMPLE_RATE_HZ, type Sound, toPcm } from './sound.ts';

const FRAMES_PER_SECOND = 30;
const SHOTS = [lighthouse, sea, ink, reel, dawn] as const;
const MUSIC_FILE = 'music.m4a';

export type SampleFootageOptions = {
  /** Path of ffmpeg, with libx264 and its AAC encoder. */
  ffmpeg: string;
  outDir: string;
  signal?: AbortSignal;
  /** Called with the share of the work that is done, 0 to 1. */
  onProgress?: (share: number) => void;
};

/**
 * Paints and composes the sample footage: five shots of a harbour at night and a bed of music, all of it ours. The
 * same program and ffmpeg give the same files. Returns their names in the order of the story, the music last.
 */
export async function makeSampleFootage(options: SampleFootageOptions): Promise<string[]> {
  const { outDir } = options;
  await mkdir(outDir, { recursive: true });
  const scratch = await mkdtemp(join(tmpdir(), 'inkreel-sample-'));
  const frames = SHOTS.reduce((sum, shot) => sum + framesOf(shot), 0);
  let painted = 0;
  const onFrame = () => options.onProgress?.(++painted / (frames + 1));
  try {
    const files: string[] = [];
    for (const shot of SHOTS) {
      const file = `${shot.name}.mp4`;
      const sound = await pcmFile(
        scratch,
        shot.name,
        sceneSound(shot.name, shot.durationSeconds),
        -9,
      );
      await writeOutput(join(outDir, file), { force: true }, (target) =>
        encode(
          options,
          [...videoInput(), ...soundInput(sound), ...VIDEO_CODING, ...SOUND_CODING, target],
          (stdin) => paintFrames(shot, stdin, onFrame),
        ),
      );
      files.push(file);
    }
    const music = await pcmFile(scratch, 'music', musicBed(), -9);
    await writeOutput(join(outDir, MUSIC_FILE), { force: true }, (target) =>
      encode(options, [...soundInput(music), ...SOUND_CODING, target]),
    );
    options.onProgress?.(1);
    return [...files, MUSIC_FILE];
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const videoInput = () => [
  ...['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${WIDTH}x${HEIGHT}`],
  ...['-r', String(FRAMES_PER_SECOND), '-i', '-'],
];
const soundInput = (file: string) => [
  '-f',
  's16le',
  '-ar',
  String(SAMPLE_RATE_HZ),
  '-ac',
  '2',
  '-i',
  file,
];

const VIDEO_CODING = [
  ...[
    '-vf',
    'scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int,format=yuv420p',
  ],
  ...[
    '-c:v',
    'libx264',
    '-preset',
    'medium',
    '-tune',
    'animation',
    '-crf',
    '19',
    '-g',
    '60',
    '-threads',
    '2',
  ],
  ...[
    '-color_primaries',
    'bt709',
    '-color_trc',
    'bt709',
    '-colorspace',
    'bt709',
    '-color_range',
    'tv',
  ],
];
const SOUND_CODING = [
  ...['-c:a', 'aac', '-b:a', '128k', '-movflags', '+faststart'],
  ...[
    '-map_metadata',
    '-1',
    '-fflags',
    '+bitexact',
    '-flags:v',
    '+bitexact',
    '-flags:a',
    '+bitexact',
  ],
];

async function encode(
  { ffmpeg, signal }: SampleFootageOptions,
  args: readonly string[],
  writeStdin?: (stdin: Writable) => Promise<void>,
): Promise<void> {
  const { exitCode, stderr } = await run(ffmpeg, ['-v', 'error', '-nostdin', '-y', ...args], {
    ...(signal ? { signal } : {}),
    ...(writeStdin ? { writeStdin } : {}),
  });
  if (exitCode !== 0) throw new Error(`ffmpeg could not encode the sample: ${stderr}`);
}

async function paintFrames(shot: Shot, stdin: Writable, onFrame: () => void): Promise<void> {
  const painter = createPainter(WIDTH, HEIGHT);
  for (let frame = 0; frame < framesOf(shot); frame += 1) {
    shot.paint(painter, frame / FRAMES_PER_SECOND);
    await send(stdin, Buffer.from(painter.pixels));
    if (stdin.destroyed) return;
    onFrame();
  }
}

/** Waits until the encoder can take more, or has gone. */
async function send(stdin: Writable, data: Buffer): Promise<void> {
  if (stdin.destroyed || stdin.write(data)) return;
  const settled = new AbortController();
  const until = (event: string) =>
    once(stdin, event, { signal: settled.signal }).catch(() => undefined);
  await Promise.race([until('drain'), until('close')]);
  settled.abort();
}

async function pcmFile(
  folder: string,
  name: string,
  sound: Sound,
  peakDb: number,
): Promise<string> {
  const file = join(folder, `${name}.pcm`);
  await writeFile(file, toPcm(sound, peakDb));
  return file;
}

function framesOf(shot: Shot): number {
  return Math.round(shot.durationSeconds * FRAMES_PER_SECOND);
}
