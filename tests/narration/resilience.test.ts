import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settleAsync } from '#core/fault.ts';
import { espeakNg } from '#engine/narration/espeakNg.ts';
import type { VoiceEngine } from '#engine/narration/voice.ts';
import { waveFile } from '#engine/narration/wave.ts';
import { Cancelled } from '#engine/process/run.ts';
import { cliEnvironment, cliJson, runCli, startCli } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { runningProcesses } from '../support/processes.ts';
import { clickVoice, hasEspeak, narrate, sameBytes } from './narratedBook.ts';

const folder = testFolder('narration-faults');
const onUnix = process.platform !== 'win32';

const LISTING = `Pty Language Age/Gender VoiceName File Other Languages
 2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)`;

/** A program that says it is eSpeak NG and does `speaking` for a sentence. */
async function voiceProgram(name: string, speaking: string): Promise<VoiceEngine> {
  const path = join(folder, name);
  const script = `#!/bin/sh
case "$1" in
  --version) echo "eSpeak NG text-to-speech: 1.51  Data at: here"; exit 0;;
  --voices) cat <<'END'
${LISTING}
END
  exit 0;;
esac
${speaking}
`;
  await writeFile(path, script);
  await chmod(path, 0o755);
  return espeakNg({ ...process.env, INKREEL_ESPEAK: path });
}

const settings = { voice: 'espeak-ng/en-gb' };

async function refusal(engine: VoiceEngine, timeoutMs?: number) {
  const out = join(folder, 'out', 'refused.m4b');
  const result = await settleAsync(() =>
    narrate({
      format: 'm4b',
      out,
      cacheDir: join(folder, 'cache'),
      settings,
      engines: [engine],
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    }),
  );
  expect(await readdir(join(folder, 'out'))).toEqual([]);
  expect(await readdir(join(folder, 'cache', 'work'))).toEqual([]);
  return result.ok ? null : result.error;
}

/** Title and subtitle are spoken at the same time, and whichever fails first is told. */
function expectOneOfTheFirst(fault: Awaited<ReturnType<typeof refusal>>): void {
  expect(['book-title', 'book-subtitle']).toContain(fault?.details?.['sentenceId']);
}

async function processesOf(name: string) {
  const all = await runningProcesses();
  return all.filter(({ command }) => command.includes(name));
}

describe.skipIf(!onUnix)('a voice that fails', () => {
  it('is told by name and sentence when it says nothing, and nothing is written', async () => {
    const silence = join(folder, 'silence.wav');
    await writeFile(silence, waveFile({ sampleRateHz: 22_050, samples: new Float32Array(40_000) }));
    const fault = await refusal(await voiceProgram('silent', `cat > /dev/null; cat '${silence}'`));
    expect(fault?.code).toBe('narration/silent-sentence');
    expectOneOfTheFirst(fault);
    expect(fault?.message).toContain(fault?.details?.['text']);
  });

  it('is stopped when it hangs, and leaves no process behind', async () => {
    const engine = await voiceProgram('hanging', `exec sleep 1234.5`);
    const fault = await refusal(engine, 300);
    expect(fault).toMatchObject({ code: 'narration/voice-hangs' });
    expectOneOfTheFirst(fault);
    expect(await processesOf('sleep 1234.5')).toEqual([]);
  });

  it('is stopped even when it does not listen', async () => {
    const engine = await voiceProgram(
      'deaf',
      `trap '' TERM; while true; do read x < /dev/zero; done`,
    );
    expect(await refusal(engine, 200)).toMatchObject({ code: 'narration/voice-hangs' });
    expect(await processesOf(join(folder, 'deaf'))).toEqual([]);
  });

  it('is told with what it said when it ends with an error', async () => {
    const engine = await voiceProgram('broken', `echo "no such phoneme table" >&2; exit 3`);
    expect(await refusal(engine)).toMatchObject({
      code: 'narration/voice-failed',
      details: { reason: 'no such phoneme table', exitCode: 3 },
    });
  });

  it('is asked again, and a second attempt that is right counts', async () => {
    const [good] = clickVoice(() => 1.5).voices;
    if (good === undefined) throw new Error('No voice');
    const failed = new Set<string>();
    const moody: VoiceEngine = {
      ...clickVoice(() => 1.5),
      voices: [
        {
          ...good,
          speak: (request) => {
            if (failed.has(request.text)) return good.speak(request);
            failed.add(request.text);
            return Promise.resolve({ sampleRateHz: 44_100, samples: new Float32Array(9_000) });
          },
        },
      ],
    };
    const made = await narrate({
      format: 'mp3',
      out: join(folder, 'moody.mp3'),
      cacheDir: join(folder, 'moody'),
      settings: {},
      engines: [moody],
    });
    expect(made.newlySpoken).toBeGreaterThan(10);
  });
});

describe('a voice that is not there', () => {
  it('is a refusal that says how to get one', async () => {
    const engine = await espeakNg({ ...process.env, INKREEL_ESPEAK: join(folder, 'none') });
    expect(engine).toMatchObject({ version: null, voices: [] });
    const fault = await refusal(engine);
    expect(fault?.code).toBe('narration/no-voices');
    expect(fault?.message).toContain('eSpeak NG');
  });

  it('is a refusal when it is unknown, or none speaks the language', async () => {
    const out = join(folder, 'unknown.m4b');
    const common = { format: 'm4b' as const, out, cacheDir: join(folder, 'cache') };
    const engines = [clickVoice(() => 1)];
    const unknown = await settleAsync(() =>
      narrate({ ...common, engines, settings: { voice: 'test/nobody' } }),
    );
    expect(unknown.ok ? '' : unknown.error.code).toBe('narration/no-such-voice');
    const finnish = engines.map((engine) => ({
      ...engine,
      voices: engine.voices.map((voice) => ({ ...voice, language: 'fi' })),
    }));
    const other = await settleAsync(() => narrate({ ...common, engines: finnish, settings: {} }));
    expect(other.ok ? '' : other.error.code).toBe('narration/no-voice-for-language');
    expect(existsSync(out)).toBe(false);
  });
});

describe('a narration that is cancelled', () => {
  it.each([
    ['while it is spoken', 'Sentence 5'],
    ['while it is encoded', 'Encoding'],
  ])('%s leaves nothing behind', async (_when, moment) => {
    const stop = new AbortController();
    const target = join(folder, 'cancelled');
    await mkdir(target, { recursive: true });
    const cacheDir = join(folder, 'cancelled-cache');
    const narrating = narrate({
      format: 'm4b',
      out: join(target, 'book.m4b'),
      cacheDir,
      settings: {},
      engines: [clickVoice(() => 3)],
      signal: stop.signal,
      onProgress: (_share, detail) => {
        if (detail?.startsWith(moment)) stop.abort();
      },
    });
    await expect(narrating).rejects.toBeInstanceOf(Cancelled);
    expect(await readdir(target)).toEqual([]);
    expect(await readdir(join(cacheDir, 'work'))).toEqual([]);
    expect(await processesOf(target)).toEqual([]);
  });
});

describe.skipIf(!hasEspeak || !onUnix)('a narration from the command line', () => {
  const MANUSCRIPT = `# One\n\n${Array.from(
    { length: 40 },
    (_, index) => `This is sentence number ${index + 1} of a chapter that takes a while.`,
  ).join(' ')}\n`;

  /** `made` is a project that is there already: making one takes two runs of the command line. */
  async function stage(name: string, made?: string) {
    const home = join(folder, name);
    await mkdir(home, { recursive: true });
    const log = join(home, 'spoken.log');
    const program = join(home, 'voice');
    const hold = join(home, 'hold');
    // The real voice, with a note of each sentence that it is asked for; while it is held it stops after twenty.
    await writeFile(
      program,
      `#!/bin/sh
case "$1" in --version|--voices) exec espeak-ng "$@";; esac
echo spoken >> '${log}'
while [ -e '${hold}' ] && [ "$(wc -l < '${log}')" -gt 20 ]; do sleep 0.05; done
exec espeak-ng "$@"
`,
    );
    await chmod(program, 0o755);
    await writeFile(log, '');
    const env = {
      ...cliEnvironment(home),
      INKREEL_ESPEAK: program,
      INKREEL_BROWSER: join(home, 'no-browser'),
    };
    const project = join(home, 'book.inkreel');
    if (made !== undefined) await copyFile(made, project);
    else {
      await writeFile(join(home, 'book.md'), MANUSCRIPT);
      await cliJson(['project', 'new', project], env);
      await cliJson(['book', 'import', project, join(home, 'book.md')], env);
    }
    const out = join(home, 'book.m4b');
    const spoken = async () => (await readFile(log, 'utf8')).split('\n').length - 1;
    const args = ['book', 'export', project, '--format', 'm4b', '--out', out, '--json'];
    return { home, hold, env, project, out, args, spoken };
  }

  it('that is killed goes on where it was, to the same bytes', async () => {
    const whole = await stage('whole');
    await cliJson(whole.args, whole.env);
    const all = await whole.spoken();
    expect(all).toBeGreaterThan(40);

    const killed = await stage('killed', whole.project);
    await writeFile(killed.hold, '');
    const child = startCli(killed.args, killed.env);
    await expect.poll(killed.spoken, { timeout: 60_000 }).toBeGreaterThan(20);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await rm(killed.hold);
    const before = await killed.spoken();
    expect(before).toBeLessThan(all);
    expect(existsSync(killed.out)).toBe(false);

    const done = await cliJson(killed.args, killed.env);
    const after = (await killed.spoken()) - before;
    expect(done).toMatchObject({ newlySpoken: after });
    // Sentences that were on their way when it was killed are spoken once more, four at most.
    expect(before + after - all).toBeGreaterThanOrEqual(0);
    expect(before + after - all).toBeLessThanOrEqual(4);
    expect(await sameBytes(whole.out, killed.out)).toBe(true);
    const left = (await readdir(killed.home)).filter((name) => name.startsWith('.inkreel'));
    expect(left).toEqual([]);
  }, 400_000);

  it('that is interrupted ends with 130, without a file or a process', async () => {
    const { home, args, env, out } = await stage('interrupted');
    const slow = join(home, 'voice');
    await writeFile(
      slow,
      `#!/bin/sh
case "$1" in --version|--voices) exec espeak-ng "$@";; esac
echo "$$" >> '${home}/started'
exec sleep 1357.9
`,
    );
    const child = startCli(args, env);
    const closed = once(child, 'close');
    await expect.poll(() => existsSync(join(home, 'started')), { timeout: 60_000 }).toBe(true);
    child.kill('SIGINT');
    const [exitCode] = (await closed) as [number | null];
    expect(exitCode).toBe(130);
    expect(existsSync(out)).toBe(false);
    expect(await processesOf('sleep 1357.9')).toEqual([]);
  });

  it('takes a voice by its name, and settings from the book', async () => {
    const { env, project, home } = await stage('settings');
    const commands = join(home, 'commands.json');
    const info = await cliJson<{ books: { id: string }[] }>(['project', 'info', project], env);
    const bookId = info.books[0]?.id;
    const narration = { voice: 'espeak-ng/en-us', speed: 1.2, notes: 'read' };
    await writeFile(commands, JSON.stringify([{ type: 'book.setNarration', bookId, narration }]));
    await cliJson(['edit', project, '--commands', commands], env);
    const voices = await cliJson<{ voices: { id: string }[] }>(
      ['book', 'voices', '--language', 'en'],
      env,
    );
    expect(voices.voices.map(({ id }) => id)).toContain('espeak-ng/en-gb+f3');
    const out = join(home, 'other.m4b');
    const unknown = await runCli(
      ['book', 'export', project, '--format', 'm4b', '--out', out, '--voice', 'Nobody', '--json'],
      env,
    );
    expect(unknown.exitCode).toBe(1);
    expect(JSON.parse(unknown.stdout)).toMatchObject({
      error: { code: 'narration/no-such-voice' },
    });
  });
});
