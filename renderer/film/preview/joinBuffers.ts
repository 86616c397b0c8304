/** Decoded sound with its place in the file, in seconds. */
export type TimedBuffer = { buffer: AudioBuffer; timestamp: number; duration: number };

/** Where buffers are made. */
type BufferMaker = Pick<BaseAudioContext, 'createBuffer'>;

/** Sound that follows within this is taken as one piece. */
const SEAM_SECONDS = 0.002;

/** Joins the short buffers that decoders give into ones of about `length` seconds, so that there are fewer seams. */
export async function* joinBuffers(
  buffers: AsyncIterable<TimedBuffer>,
  length: number,
  maker: BufferMaker,
): AsyncGenerator<TimedBuffer, void> {
  let held: TimedBuffer[] = [];
  let duration = 0;
  for await (const next of buffers) {
    const last = held.at(-1);
    if (last !== undefined && !follows(last, next)) {
      yield joined(held, maker);
      held = [];
      duration = 0;
    }
    held.push(next);
    duration += next.duration;
    if (duration < length) continue;
    yield joined(held, maker);
    held = [];
    duration = 0;
  }
  if (held.length > 0) yield joined(held, maker);
}

function follows(last: TimedBuffer, next: TimedBuffer): boolean {
  return (
    Math.abs(last.timestamp + last.duration - next.timestamp) < SEAM_SECONDS &&
    last.buffer.sampleRate === next.buffer.sampleRate &&
    last.buffer.numberOfChannels === next.buffer.numberOfChannels
  );
}

function joined(held: readonly TimedBuffer[], maker: BufferMaker): TimedBuffer {
  const [first, ...rest] = held;
  if (first === undefined) throw new RangeError('Nothing to join');
  if (rest.length === 0) return first;
  const { numberOfChannels, sampleRate } = first.buffer;
  const samples = held.reduce((sum, { buffer }) => sum + buffer.length, 0);
  const buffer = maker.createBuffer(numberOfChannels, samples, sampleRate);
  for (let channel = 0; channel < numberOfChannels; channel++) {
    let at = 0;
    for (const part of held) {
      buffer.copyToChannel(part.buffer.getChannelData(channel), channel, at);
      at += part.buffer.length;
    }
  }
  return { buffer, timestamp: first.timestamp, duration: samples / sampleRate };
}
