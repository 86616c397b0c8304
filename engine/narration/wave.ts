import type { Wave } from './voice.ts';

/**
 * Reads a WAV file of 16-bit samples (RIFF, “Multimedia Programming Interface”, 1991) that may be cut off or come from a
 * pipe, where its lengths are not true. Null where there is no such file. Several channels become their mean.
 */
export function readWave(bytes: Buffer): Wave | null {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE')
    return null;
  let format: { channels: number; sampleRateHz: number } | null = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const body = at + 8;
    if (name === 'fmt ' && body + 16 <= bytes.length) {
      const [kind, bits] = [bytes.readUInt16LE(body), bytes.readUInt16LE(body + 14)];
      const [channels, sampleRateHz] = [bytes.readUInt16LE(body + 2), bytes.readUInt32LE(body + 4)];
      const isUsable = (kind === 1 || kind === 0xfffe) && bits === 16 && channels > 0;
      if (!isUsable || sampleRateHz < 8_000 || sampleRateHz > 192_000) return null;
      format = { channels, sampleRateHz };
    }
    if (name === 'data') {
      if (format === null) return null;
      const sound = bytes.subarray(body, Math.min(bytes.length, body + size));
      return { sampleRateHz: format.sampleRateHz, samples: fromPcm(sound, format.channels) };
    }
    at = body + size + (size % 2);
  }
  return null;
}

/** Samples from 16-bit little-endian ones. */
export function fromPcm(bytes: Buffer, channels = 1): Float32Array {
  const count = Math.floor(bytes.length / (2 * channels));
  const samples = new Float32Array(count);
  for (let index = 0; index < count; index++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++)
      sum += bytes.readInt16LE(2 * (index * channels + channel));
    samples[index] = sum / channels / 32_768;
  }
  return samples;
}

/** 16-bit little-endian samples. */
export function toPcm(samples: Float32Array): Buffer {
  const bytes = Buffer.alloc(samples.length * 2);
  for (let index = 0; index < samples.length; index++) {
    const value = Math.round((samples[index] ?? 0) * 32_768);
    bytes.writeInt16LE(Math.max(-32_768, Math.min(32_767, value)), index * 2);
  }
  return bytes;
}

/** A WAV file of one channel. */
export function waveFile({ sampleRateHz, samples }: Wave): Buffer {
  const sound = toPcm(samples);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + sound.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(sampleRateHz, 24);
  head.writeUInt32LE(sampleRateHz * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(sound.length, 40);
  return Buffer.concat([head, sound]);
}
