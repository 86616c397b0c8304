/**
 * Samples of WAV files whose bytes can be taken as they lie: RIFF, “Multimedia Programming Interface and Data
 * Specifications 1.0”, and Microsoft’s WAVEFORMATEX and WAVEFORMATEXTENSIBLE.
 */
export type WaveFormat = {
  /** As ffmpeg names it. */
  codec: WaveCodec;
  sampleRateHz: number;
  channels: number;
};

export type WaveCodec = 'pcm_s16le' | 'pcm_s24le' | 'pcm_s32le' | 'pcm_f32le';

/** A chunk of a RIFF file: its four letters, and where its content lies. */
export type RiffChunk = { id: string; start: number; size: number };

/** Bytes of the header of a chunk, and of what a file begins with. */
export const CHUNK_HEADER_BYTES = 8;
export const RIFF_HEADER_BYTES = 12;

const TAG = { pcm: 1, float: 3, extensible: 0xff_fe };
/** `KSDATAFORMAT_SUBTYPE_…` but for the tag that it begins with. */
const SUBTYPE = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];
/** Masks of speakers that name none, one in the middle, and a left and a right one. */
const USUAL_SPEAKERS = [0, 0x4, 0x3];

const CODECS: Readonly<Record<string, WaveCodec>> = {
  [`${TAG.pcm}/16`]: 'pcm_s16le',
  [`${TAG.pcm}/24`]: 'pcm_s24le',
  [`${TAG.pcm}/32`]: 'pcm_s32le',
  [`${TAG.float}/32`]: 'pcm_f32le',
};

/** Bytes of a sample of one channel. */
export const WAVE_SAMPLE_BYTES: Readonly<Record<WaveCodec, number>> = {
  pcm_s16le: 2,
  pcm_s24le: 3,
  pcm_s32le: 4,
  pcm_f32le: 4,
};

/** Whether a file begins as a WAV of at most 4 GB does. */
export function isWave(header: Uint8Array): boolean {
  return lettersAt(header, 0) === 'RIFF' && lettersAt(header, 8) === 'WAVE';
}

/** The chunk whose header lies at a position of a file; null for less than a header. */
export function riffChunk(header: Uint8Array, position: number): RiffChunk | null {
  if (header.length < CHUNK_HEADER_BYTES) return null;
  const size = viewOf(header).getUint32(4, true);
  return { id: lettersAt(header, 0), start: position + CHUNK_HEADER_BYTES, size };
}

/** Where the chunk after this one begins: contents of odd length are followed by a byte that counts for nothing. */
export function afterChunk({ start, size }: RiffChunk): number {
  return start + size + (size % 2);
}

/**
 * What a `fmt ` chunk says; null for anything but whole samples of 16, 24 or 32 bits or floats of 32, close together, of
 * speakers that need no mixing.
 */
export function waveFormat(chunk: Uint8Array): WaveFormat | null {
  if (chunk.length < 16) return null;
  const view = viewOf(chunk);
  const channels = view.getUint16(2, true);
  const sampleRateHz = view.getUint32(4, true);
  const blockBytes = view.getUint16(12, true);
  const bits = view.getUint16(14, true);
  const codec = CODECS[`${tagOf(view, bits)}/${bits}`];
  if (codec === undefined || channels === 0 || sampleRateHz === 0) return null;
  return blockBytes === channels * WAVE_SAMPLE_BYTES[codec]
    ? { codec, sampleRateHz, channels }
    : null;
}

/** What kind of number a sample is; null where the longer form says something out of the way. */
function tagOf(view: DataView, bits: number): number | null {
  const tag = view.getUint16(0, true);
  if (tag !== TAG.extensible) return tag;
  if (view.byteLength < 40 || view.getUint16(16, true) < 22) return null;
  const isWhole = view.getUint16(18, true) === bits;
  const isUsual = USUAL_SPEAKERS.includes(view.getUint32(20, true));
  const isKnown = SUBTYPE.every((byte, index) => view.getUint8(26 + index) === byte);
  return isWhole && isUsual && isKnown ? view.getUint16(24, true) : null;
}

/**
 * Brings samples to 16 bits as ffmpeg does: whole numbers lose their lower bits, floats are rounded to the nearest number,
 * to the even one of two, and cut off. Null for what the bits of a float cannot be brought to: processors differ in that.
 * Takes whole samples only.
 */
export function sixteenBits(codec: WaveCodec, bytes: Uint8Array): Int16Array | null {
  const view = viewOf(bytes);
  const size = WAVE_SAMPLE_BYTES[codec];
  const samples = new Int16Array(bytes.length / size);
  if (codec === 'pcm_f32le') return rounded(view, samples);
  for (let index = 0; index < samples.length; index++)
    samples[index] = view.getInt16((index + 1) * size - 2, true);
  return samples;
}

const LARGEST_ROUNDED = 2 ** 31;
/** Added and taken off again, it leaves a double no bits for a fraction. */
const NO_FRACTION = 1.5 * 2 ** 52;

function rounded(view: DataView, samples: Int16Array): Int16Array | null {
  for (let index = 0; index < samples.length; index++) {
    const scaled = view.getFloat32(index * 4, true) * 32_768;
    if (!(Math.abs(scaled) < LARGEST_ROUNDED)) return null;
    const whole = scaled + NO_FRACTION - NO_FRACTION;
    samples[index] = Math.max(-32_768, Math.min(32_767, whole));
  }
  return samples;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function lettersAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
