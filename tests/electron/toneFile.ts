/** A WAV file with one second of a 440 Hz tone, mono, 16 bits, 48 kHz. */
export function toneFile(): Buffer {
  const rateHz = 48_000;
  const dataBytes = rateHz * 2;
  const file = Buffer.alloc(44 + dataBytes);
  file.write('RIFF', 0, 'ascii');
  file.writeUInt32LE(36 + dataBytes, 4);
  file.write('WAVEfmt ', 8, 'ascii');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rateHz, 24);
  file.writeUInt32LE(rateHz * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'ascii');
  file.writeUInt32LE(dataBytes, 40);
  for (let sample = 0; sample < rateHz; sample += 1) {
    const level = Math.round(12_000 * Math.sin((2 * Math.PI * 440 * sample) / rateHz));
    file.writeInt16LE(level, 44 + sample * 2);
  }
  return file;
}
