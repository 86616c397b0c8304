import { open, rename, rm, stat } from 'node:fs/promises';
import { refuse } from '#core/fault.ts';
import { type LoudnessFacts, LoudnessMeter } from '#core/render/loudness/loudnessMeter.ts';
import { truePeakLimiter } from '#core/render/loudness/truePeakLimiter.ts';
import type { ExportPlan } from '#core/render/planExport.ts';
import type { ExportSettings, LoudnessTarget } from '#core/render/settings.ts';
import { writtenSampleRate } from '#core/render/formats.ts';
import { Cancelled } from '../../process/run.ts';
import { runFfmpeg } from '../../process/runFfmpeg.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { encodeAac } from '../aac/encodeAac.ts';
import type { PieceStore } from '../cache/pieceStore.ts';
import { soundArguments } from '../encode/encoders.ts';
import { MUXERS } from '../join/joinFilm.ts';
import { measureLoudness } from './measureLoudness.ts';
import { blocksOf, BYTES_PER_FRAME, rawFormat, type RawSound, recorder } from './rawSound.ts';
import { refuseSound } from './refuseSound.ts';
import { exactly, type SoundStage } from './soundStage.ts';

export type LevelledMix = {
  /** As mixed. */
  before: LoudnessFacts;
  /** As players will decode it; null where the mix is as it was, since nothing in it is loud enough to be measured. */
  after: LoudnessFacts | null;
};

type LevelOptions = {
  tools: Ffmpeg;
  plan: Pick<ExportPlan, 'sampleRateHz'>;
  settings: ExportSettings;
  /** Raw samples from `mixSound`, changed in place; their number and places stay. */
  mix: string;
  folder: string;
  store: PieceStore;
  workers: number;
  signal: AbortSignal;
};

type Options = LevelOptions & { target: LoudnessTarget };

/** What is aimed for lies this much within what is allowed, for meters that count a little differently. */
const CLOSE_LU = 0.04;
const PEAK_MARGIN_DB = 0.1;
const MOST_TRIES = 12;
/** More than any limiter is asked for. */
const MOST_GAIN_DB = 80;

/**
 * Brings a mix to a loudness (EBU R 128) with one gain. Where its peaks would then be too high, a limiter takes them
 * down, and gain and ceiling are tried anew until the sound is right after its encoder, which changes peaks.
 * Gives null, and does nothing, where the settings ask for no loudness or no sound.
 * Refuses `export/loudness-unreachable`, `export/sound-failed`.
 */
export async function levelMix(options: LevelOptions): Promise<LevelledMix | null> {
  const { loudness: target, audioCodec } = options.settings;
  return target && audioCodec !== 'none' ? level({ ...options, target }) : null;
}

async function level(options: Options): Promise<LevelledMix> {
  const { mix, target } = options;
  const { size } = await stat(mix);
  const file = await open(mix, 'r');
  const sound = { file, frames: size / BYTES_PER_FRAME };
  const levelled = `${mix}.levelled`;
  try {
    const before = await measureThrough(options, sound, null);
    if (before.integratedLufs === Number.NEGATIVE_INFINITY) return { before, after: null };
    const wish = { gainDb: 0, ceilingDb: target.truePeakDb - PEAK_MARGIN_DB, offsetDb: 0 };
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      // What the encoder took away is given back in front of it.
      const aim = target.targetLufs - wish.offsetDb;
      const { gainDb, facts } = await findGain(options, sound, { ...wish, before, aim });
      wish.gainDb = gainDb;
      await write(options, sound, wish, levelled);
      const after = await measureEncoded(options, levelled, sound.frames);
      const off = after.integratedLufs - target.targetLufs;
      const over = after.truePeakDb - (target.truePeakDb - PEAK_MARGIN_DB / 2);
      if (Math.abs(off) <= CLOSE_LU && over <= 0) {
        await rename(levelled, mix);
        return { before, after };
      }
      wish.offsetDb = after.integratedLufs - facts.integratedLufs;
      if (over > 0) wish.ceilingDb -= over + 0.02;
    }
    return refuseUnreachable(target);
  } finally {
    await file.close();
    await rm(levelled, { force: true });
  }
}

type Wish = { gainDb: number; ceilingDb: number };

/** The gain with which the limited mix has the loudness that is aimed for. */
async function findGain(
  options: Options,
  sound: RawSound,
  wish: Wish & { before: LoudnessFacts; aim: number },
): Promise<{ gainDb: number; facts: LoudnessFacts }> {
  const { before, aim, ceilingDb } = wish;
  const plain = aim - before.integratedLufs;
  if (before.truePeakDb + plain <= ceilingDb) {
    const facts = { ...before, integratedLufs: aim, truePeakDb: before.truePeakDb + plain };
    return { gainDb: plain, facts };
  }
  let gainDb = Math.max(plain, wish.gainDb);
  // Loudness grows with the gain, the less the more is limited: secants, kept between what is too little and too much.
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let last: { gainDb: number; lufs: number } | null = null;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const facts = await measureThrough(options, sound, { gainDb, ceilingDb });
    const lufs = facts.integratedLufs;
    if (Math.abs(lufs - aim) <= CLOSE_LU / 2) return { gainDb, facts };
    if (lufs < aim) low = gainDb;
    else high = gainDb;
    const slope: number =
      last === null || last.gainDb === gainDb ? 1 : (lufs - last.lufs) / (gainDb - last.gainDb);
    last = { gainDb, lufs };
    const step = (aim - lufs) / Math.max(0.05, Math.min(1, slope));
    const next: number = gainDb + step;
    gainDb = next > low && next < high ? next : (low + high) / 2;
    if (!Number.isFinite(gainDb) || gainDb > plain + MOST_GAIN_DB) break;
  }
  return refuseUnreachable(options.target);
}

async function measureThrough(
  options: Options,
  sound: RawSound,
  wish: Wish | null,
): Promise<LoudnessFacts> {
  const meter = new LoudnessMeter(options.plan.sampleRateHz);
  await play(options, sound, wish, {
    write(block) {
      meter.add(block);
      return Promise.resolve();
    },
    end: () => Promise.resolve(),
  });
  return meter.facts();
}

async function write(options: Options, sound: RawSound, wish: Wish, path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await play(options, sound, wish, recorder({ file, frames: 0 }));
  } finally {
    await file.close();
  }
}

/** Plays a mix as it is, or with a gain and below a ceiling; as many samples come out as went in, at their places. */
async function play(
  { plan: { sampleRateHz }, signal }: Options,
  sound: RawSound,
  wish: Wish | null,
  next: SoundStage,
): Promise<void> {
  const factor = (decibels: number) => 10 ** (decibels / 20);
  const limiter =
    wish &&
    truePeakLimiter(sampleRateHz, { gain: factor(wish.gainDb), ceiling: factor(wish.ceilingDb) });
  const latency = limiter?.latency ?? 0;
  const out = exactly(latency, sound.frames, next);
  const all = { from: 0, count: sound.frames + latency, direction: 1 as const };
  for await (const block of blocksOf(sound, all)) {
    if (signal.aborted) throw new Cancelled();
    limiter?.process(block, 0);
    await out.write(block);
  }
  await out.end();
}

/** What players will hear: the mix encoded as the film will have it, and decoded again. */
async function measureEncoded(
  options: Options,
  mix: string,
  samples: number,
): Promise<LoudnessFacts> {
  const { tools, plan, settings, signal } = options;
  const { audioCodec, audioChannels } = settings;
  const rate =
    audioCodec === 'none' ? plan.sampleRateHz : writtenSampleRate(audioCodec, plan.sampleRateHz);
  const encoded = `${mix}.${settings.container}`;
  try {
    const path =
      audioCodec === 'aac'
        ? await encodeAac({ ...options, mix, samples })
        : await encodeWhole(options, mix, encoded);
    return await measureLoudness(
      tools,
      { path, sampleRateHz: rate, channels: audioChannels },
      signal,
    );
  } finally {
    await rm(encoded, { force: true });
  }
}

async function encodeWhole(options: Options, mix: string, output: string): Promise<string> {
  const { tools, plan, settings, signal } = options;
  // The same container, since each has its way to say where sound begins and ends in the first and the last block.
  const muxer = MUXERS[settings.container] ?? ['matroska'];
  const failure = await runFfmpeg(
    tools,
    [
      ...[...rawFormat(plan.sampleRateHz), '-i', mix],
      ...soundArguments(plan, settings),
      ...['-flags:a', '+bitexact', '-f', ...muxer],
    ],
    output,
    { signal },
  );
  refuseSound(failure);
  return output;
}

function refuseUnreachable({ targetLufs, truePeakDb }: LoudnessTarget): never {
  const signed = (value: number) => String(value).replace('-', '−');
  refuse(
    'export/loudness-unreachable',
    `The sound of this film cannot be brought to ${signed(targetLufs)} LUFS with peaks below ${signed(truePeakDb)} dBTP. Choose a quieter target, or change the levels of its clips.`,
    { targetLufs, truePeakDb },
  );
}
