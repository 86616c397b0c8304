import { expect, test } from 'vitest';
import { parseVoices } from './espeakNg.ts';
import { fromPcm, readWave, toPcm, waveFile } from './wave.ts';

test('voices are listed once for each language, preferred ones first, without those that need other programs', () => {
  const listing = `Pty Language       Age/Gender VoiceName          File                 Other Languages
 5  en-029          --/M      English_(Caribbean) gmw/en-029           (en 10)
 2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)
 3  en-uk           --/M      english-mb-en1     mb/mb-en1            (en-gb 3)(en 2)
 5  de              --/F      German             gmw/de
 5  de              --/M      German_again       gmw/de2
 5  variant         --/M      Storm              !v/Storm             (en-us 5)
garbage
`;
  expect(parseVoices(listing)).toEqual([
    { language: 'en-gb', name: 'English (Great Britain)', gender: 'male' },
    { language: 'de', name: 'German', gender: 'female' },
    { language: 'en-029', name: 'English (Caribbean)', gender: 'male' },
  ]);
});

test('a WAV file is read back as it was written', () => {
  const samples = Float32Array.from([0, 0.5, -0.5, -1, 0.25]);
  const read = readWave(waveFile({ sampleRateHz: 22_050, samples }));
  expect(read?.sampleRateHz).toBe(22_050);
  expect([...(read?.samples ?? [])]).toEqual([...samples]);
  expect(fromPcm(toPcm(Float32Array.from([2, -2])))[0]).toBeCloseTo(1, 3);
});

test('a WAV file from a pipe has a length that is not true; one that is cut off has fewer samples', () => {
  const file = waveFile({ sampleRateHz: 16_000, samples: new Float32Array(10) });
  file.writeUInt32LE(0x7fff_f000, 40);
  expect(readWave(file)?.samples.length).toBe(10);
  expect(readWave(file.subarray(0, 51))?.samples.length).toBe(3);
});

test('what is no WAV file, or none that we read, is none', () => {
  const file = waveFile({ sampleRateHz: 16_000, samples: new Float32Array(10) });
  expect(readWave(Buffer.from('no such thing'))).toBeNull();
  expect(readWave(Buffer.alloc(0))).toBeNull();
  expect(readWave(file.subarray(0, 30))).toBeNull();
  const compressed = Buffer.from(file);
  compressed.writeUInt16LE(2, 20);
  expect(readWave(compressed)).toBeNull();
});
