import { run } from '#engine/process/run.ts';

/** Bits of the frame number that every frame of the footage carries, as black and white columns. */
const BITS = 16;

/**
 * Makes footage in which each frame shows its own number in binary, least significant column first, and whose sound
 * is a 1 kHz beep in the first 100 ms of every second. The upper half of the picture flashes white in those 100 ms.
 */
export async function makeNumberedFootage(options: {
  path: string;
  frames: number;
  /** As ffmpeg takes it: `30`, `24000/1001`. */
  rate: string;
  size?: string;
  /** Frames between sync frames. */
  gop?: number;
  sampleRateHz?: number;
}): Promise<void> {
  const { path, frames, rate, size = '320x180', gop = 48, sampleRateHz = 48_000 } = options;
  const column = `floor(X/(W/${BITS}))`;
  const bit = `mod(floor(N/pow(2\\,${column}))\\,2)`;
  const flash = 'lt(mod(T\\,1)\\,0.1)';
  const [num = 0, den = 1] = rate.split('/').map(Number);
  const seconds = (frames * den) / num;
  const { exitCode, stderr } = await run('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-f',
    'lavfi',
    '-i',
    `color=gray:size=${size}:rate=${rate},geq=lum='if(lt(Y\\,H/2)\\,if(${flash}\\,235\\,40)\\,if(${bit}\\,235\\,16))':cb=128:cr=128`,
    '-f',
    'lavfi',
    '-i',
    `aevalsrc='if(lt(mod(t,1),0.1),0.8*sin(2*PI*1000*t),0)':sample_rate=${sampleRateHz}:duration=${seconds}`,
    '-frames:v',
    String(frames),
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-crf',
    '16',
    '-g',
    String(gop),
    '-pix_fmt',
    'yuv420p',
    '-c:a',
    'aac',
    '-b:a',
    '160k',
    '-shortest',
    path,
  ]);
  if (exitCode !== 0) throw new Error(stderr);
}

/** What each frame of a film shows: its number, and how bright the flash area is (0 to 255). */
export type SeenFrame = { number: number; flash: number };

/**
 * Decodes a film and reads every frame's number. Throws when the film does not decode without a warning, or an error
 * where the decoder warns of what is right.
 */
export async function readNumbers(
  path: string,
  least: 'warning' | 'error' = 'warning',
): Promise<SeenFrame[]> {
  const frames: SeenFrame[] = [];
  let rest: Buffer = Buffer.alloc(0);
  const rowBytes = BITS * 2;
  const { exitCode, stderr } = await run(
    'ffmpeg',
    // Two rows of columns: the flash area and the number, each averaged over its middle.
    [
      '-v',
      least,
      '-i',
      path,
      '-map',
      '0:v',
      '-vf',
      `scale=${BITS}:2:flags=area,format=gray`,
      '-f',
      'rawvideo',
      'pipe:1',
    ],
    {
      onStdoutData: (chunk) => {
        const bytes = Buffer.concat([rest, chunk]);
        let offset = 0;
        for (; offset + rowBytes <= bytes.length; offset += rowBytes) {
          frames.push(readFrame(bytes.subarray(offset, offset + rowBytes)));
        }
        rest = Buffer.from(bytes.subarray(offset));
      },
    },
  );
  // Raw sound in Matroska and WAV has no names for its channels, of which ffmpeg tells.
  const warnings = stderr.replaceAll(/^Guessed Channel Layout.*$/gm, '').trim();
  if (exitCode !== 0 || warnings !== '')
    throw new Error(`The film does not decode cleanly: ${stderr}`);
  return frames;
}

function readFrame(pixels: Buffer): SeenFrame {
  const flash = pixels.subarray(0, BITS).reduce((sum, value) => sum + value, 0) / BITS;
  const number = pixels
    .subarray(BITS)
    .reduce((sum, value, index) => (value > 126 ? sum + 2 ** index : sum), 0);
  return { number, flash };
}

/** Times in seconds at which the sound of a film begins to beep, at 1 ms resolution or better. */
export async function beepStarts(path: string): Promise<number[]> {
  const rate = 48_000;
  const chunks: Buffer[] = [];
  await run(
    'ffmpeg',
    [
      '-v',
      'error',
      '-i',
      path,
      '-map',
      '0:a',
      '-ac',
      '1',
      '-ar',
      String(rate),
      '-f',
      's16le',
      'pipe:1',
    ],
    {
      onStdoutData: (chunk) => chunks.push(chunk),
    },
  );
  const samples = Buffer.concat(chunks);
  const starts: number[] = [];
  let lastLoud = -rate;
  for (let index = 0; index * 2 + 1 < samples.length; index++) {
    if (Math.abs(samples.readInt16LE(index * 2)) < 6_000) continue;
    if (index - lastLoud > rate / 10) starts.push(index / rate);
    lastLoud = index;
  }
  return starts;
}

/** Times in seconds at which the picture begins to flash, at the given frame rate. */
export function flashStarts(frames: readonly SeenFrame[], framesPerSecond: number): number[] {
  return frames.flatMap((frame, index) => {
    const before = frames[index - 1];
    const begins = frame.flash > 150 && (before === undefined || before.flash <= 150);
    return begins ? [index / framesPerSecond] : [];
  });
}

/** The numbers that the pictures of a strip show, tile by tile. */
export async function readNumbersOfTiles(
  path: string,
  { count, columns, tileWidth, tileHeight }: Tiles,
): Promise<number[]> {
  const chunks: Buffer[] = [];
  const { exitCode, stderr } = await run(
    'ffmpeg',
    [
      ...['-v', 'error', '-i', path, '-vf', 'format=gray', '-f', 'rawvideo', '-frames:v', '1'],
      'pipe:1',
    ],
    { onStdoutData: (chunk) => chunks.push(chunk) },
  );
  if (exitCode !== 0) throw new Error(stderr);
  const pixels = Buffer.concat(chunks);
  const bitAt = (tile: number, bit: number) => {
    const x = (tile % columns) * tileWidth + Math.floor(((bit + 0.5) * tileWidth) / BITS);
    const y = Math.floor(tile / columns) * tileHeight + Math.floor(tileHeight * 0.75);
    return (pixels[y * columns * tileWidth + x] ?? 0) > 126 ? 2 ** bit : 0;
  };
  const bits = Array.from({ length: BITS }, (_, bit) => bit);
  return Array.from({ length: count }, (_, tile) =>
    bits.reduce((number, bit) => number + bitAt(tile, bit), 0),
  );
}

type Tiles = { count: number; columns: number; tileWidth: number; tileHeight: number };
