import { readFile } from 'node:fs/promises';
import type { Manuscript } from '#core/book/manuscript.ts';
import type { NarrationSettings } from '#core/narration/narrationSettings.ts';
import {
  type ExportedNarration,
  exportNarration,
  type ExportNarrationInput,
} from '#engine/narration/exportNarration.ts';
import { espeakNg } from '#engine/narration/espeakNg.ts';
import type { VoiceEngine } from '#engine/narration/voice.ts';
import { run } from '#engine/process/run.ts';
import { findEspeak } from '#engine/tools/espeak.ts';
import { findFfmpeg } from '#engine/tools/ffmpeg.ts';
import { manuscriptOf } from '../book/richManuscript.ts';

/** Where there is no eSpeak NG, tests that need it say so and are skipped. */
export const hasEspeak: boolean = (await findEspeak()) !== null;
if (!hasEspeak) {
  console.warn(
    'Skipping tests of narration by eSpeak NG: it is not installed (Debian: apt-get install espeak-ng).',
  );
}

const MARKDOWN = `# The *Lamp*

Skerrow had one lamp.[^a] It had shown since 1871, every ten seconds, and nobody in Skerrow had ever asked it to stop.

“And if I ask?” she said. Nobody answered her.

***

The lamp is low,\\
the tide is slow,\\
and home we row.[^b]

# Letters

> Dear Miss Aune,
>
> I do not expect to have to.

- one lamp
- two boats

#

Dr. Pask came at noon.

[^a]: Of the occulting kind. Read it aloud.
[^b]: An old song.
`;

export function narratedBook(): Manuscript {
  return manuscriptOf(MARKDOWN, {
    title: 'Four Minutes & a Lamp',
    subtitle: 'A story',
    authors: ['Ann O’Neil'],
    language: 'en-GB',
    identifier: 'urn:uuid:5f0c9a3e-8d0f-4a52-9b6e-6a1f6d3b2c10',
  });
}

/** Notes are read, a name is spoken as it should be, and the letter has a voice of its own. */
export function twoVoices(manuscript: Manuscript): NarrationSettings {
  const letter = manuscript.chapters[1]?.blocks.find((block) => block.kind === 'blockquote');
  return {
    voice: 'espeak-ng/en-gb',
    notes: 'read',
    lexicon: [{ word: 'Skerrow', spoken: 'Skerroe' }],
    blockVoices: { [letter?.id ?? '']: 'espeak-ng/en-gb+f3' },
  };
}

type Narrate = Pick<ExportNarrationInput, 'format' | 'out' | 'cacheDir'> &
  Partial<Omit<ExportNarrationInput, 'format' | 'out' | 'cacheDir'>>;

/** Narrates the book of these tests, or another one. */
export async function narrate(options: Narrate): Promise<ExportedNarration> {
  const manuscript = options.manuscript ?? narratedBook();
  return exportNarration({
    settings: twoVoices(manuscript),
    date: '2025-10-14T12:00:00Z',
    engines: options.engines ?? [await espeakNg()],
    tools: await findFfmpeg(),
    signal: new AbortController().signal,
    ...options,
    manuscript,
  });
}

/** A stand-in for a voice program: sounds as long as their texts that begin with a click, so that each is found again. */
export function clickVoice(secondsOf: (text: string) => number): VoiceEngine {
  const HZ = 44_100;
  return {
    id: 'test',
    name: 'Clicks',
    version: '1',
    path: null,
    hint: '',
    voices: [
      {
        id: 'test/clicks',
        name: 'Clicks',
        language: 'en-GB',
        version: '1',
        speak: ({ text }) => {
          const samples = new Float32Array(Math.round(secondsOf(text) * HZ));
          for (let index = 0; index < samples.length; index++) {
            const level = index < 200 ? 0.9 : 0.02;
            samples[index] = level * Math.sin((2 * Math.PI * 1_000 * (index + 11)) / HZ);
          }
          return Promise.resolve({ sampleRateHz: HZ, samples });
        },
      },
    ],
  };
}

/** Samples of a file as ffmpeg plays it, one channel of 44.1 kHz. */
export async function decoded(path: string): Promise<Float32Array> {
  const chunks: Buffer[] = [];
  const { exitCode, stderr } = await run(
    'ffmpeg',
    ['-v', 'error', '-i', path, '-map', '0:a:0', '-ac', '1', '-f', 'f32le', 'pipe:1'],
    { onStdoutData: (chunk) => chunks.push(chunk) },
  );
  if (exitCode !== 0) throw new Error(stderr);
  const bytes = Buffer.concat(chunks);
  const samples = new Float32Array(bytes.length / 4);
  new Uint8Array(samples.buffer).set(bytes);
  return samples;
}

export type Clip = { page: string; id: string; begin: number; end: number };

/** The clips of a media overlay, in samples of 44.1 kHz. */
export function clipsOf(smil: string): Clip[] {
  const pars = smil.matchAll(
    /<text src="([^"#]+)#([^"]+)"\/><audio src="[^"]+" clipBegin="([^"]+)" clipEnd="([^"]+)"\/>/g,
  );
  return [...pars].map(([, page = '', id = '', begin = '', end = '']) => ({
    page,
    id,
    begin: clockSamples(begin),
    end: clockSamples(end),
  }));
}

export function clockSamples(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return ((hours * 3_600 + minutes * 60) * 1_000 + Math.round(seconds * 1_000)) * 44.1;
}

export async function sameBytes(first: string, second: string): Promise<boolean> {
  const [a, b] = await Promise.all([readFile(first), readFile(second)]);
  return a.equals(b);
}
