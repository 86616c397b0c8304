import { refuse } from '#core/fault.ts';
import { run } from '../process/run.ts';
import { findEspeak, HOW_TO_GET_ESPEAK } from '../tools/espeak.ts';
import type { SpeechRequest, Voice, VoiceEngine, VoiceInfo, Wave } from './voice.ts';
import { readWave } from './wave.ts';

const ENGINE = 'espeak-ng';
/** A calm reading; its own default is quicker. */
const WORDS_A_MINUTE = 165;
/** Further timbres of each voice, of those that come with the program. */
const TIMBRES: readonly { suffix: string; words: string; gender?: VoiceInfo['gender'] }[] = [
  { suffix: '', words: '' },
  { suffix: '+f3', words: ', female 1', gender: 'female' },
  { suffix: '+f5', words: ', female 2', gender: 'female' },
  { suffix: '+m3', words: ', male 1', gender: 'male' },
  { suffix: '+m7', words: ', male 2', gender: 'male' },
];

/** eSpeak NG: a small synthesiser with more than a hundred languages, run once for each sentence. */
export async function espeakNg(env: NodeJS.ProcessEnv = process.env): Promise<VoiceEngine> {
  const found = await findEspeak(env);
  const about = { id: ENGINE, name: 'eSpeak NG' };
  if (found === null)
    return { ...about, version: null, path: null, hint: HOW_TO_GET_ESPEAK, voices: [] };
  const { path, version } = found;
  const { stdout } = await run(path, ['--voices']);
  const voices = parseVoices(stdout).flatMap(({ language, name, gender }) =>
    TIMBRES.map((timbre): Voice => {
      const voice = `${language}${timbre.suffix}`;
      const isOf = timbre.gender ?? gender;
      return {
        id: `${ENGINE}/${voice}`,
        name: `${name}${timbre.words}`,
        language,
        ...(isOf === undefined ? {} : { gender: isOf }),
        version,
        speak: (request) => speak(path, voice, request),
      };
    }),
  );
  return { ...about, version, path, hint: '', voices };
}

type Listed = { language: string; name: string; gender?: 'female' | 'male' };

/**
 * Voices as `espeak-ng --voices` lists them, the preferred ones of a language first. Those of MBROLA are left out: they
 * are listed whether or not that program and its data are there.
 */
export function parseVoices(listing: string): Listed[] {
  const rows = listing.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+([a-z][\w-]*)\s+\S*\/([MF-])\s+(\S+)\s+(\S+)/.exec(line);
    if (match === null) return [];
    const [, priority, language = '', gender, name = '', file = ''] = match;
    if (file.startsWith('mb/') || language === 'variant') return [];
    return [{ priority: Number(priority), language, gender, name: name.replaceAll('_', ' ') }];
  });
  rows.sort((a, b) => a.priority - b.priority || (a.language < b.language ? -1 : 1));
  const seen = new Set<string>();
  return rows.flatMap(({ language, name, gender }) => {
    if (seen.has(language)) return [];
    seen.add(language);
    const isOf = gender === 'F' ? 'female' : gender === 'M' ? 'male' : undefined;
    return [{ language, name, ...(isOf === undefined ? {} : { gender: isOf }) }];
  });
}

async function speak(path: string, voice: string, request: SpeechRequest): Promise<Wave> {
  const chunks: Buffer[] = [];
  const { exitCode, stderr } = await run(
    path,
    [
      ...['-v', voice, '-s', String(Math.round(WORDS_A_MINUTE * request.speed))],
      ...['-b', '1', '-z', '--stdin', '--stdout'],
    ],
    {
      signal: request.signal,
      onStdoutData: (chunk) => chunks.push(chunk),
      writeStdin: async (stdin) => {
        stdin.write(plainText(request.text));
        return Promise.resolve();
      },
    },
  );
  const wave = readWave(Buffer.concat(chunks));
  if (exitCode === 0 && wave !== null) return wave;
  return refuse(
    'narration/voice-failed',
    'The voice program eSpeak NG ended with an error. What was spoken before is kept; try again, or choose another voice.',
    { reason: stderr.trim().slice(-500), exitCode },
  );
}

/** Double brackets would be taken for phonemes. */
function plainText(text: string): string {
  return text.replaceAll('[[', '[ [').replaceAll(']]', '] ]');
}
