import type { ExportPlan } from '#core/render/planExport.ts';
import { inputArguments } from '../../media/probe.ts';
import { eachAtOnce } from '../../process/eachAtOnce.ts';
import { run } from '../../process/run.ts';
import type { Slots } from '../../process/slots.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { MIX_CHANNELS } from '../sound/rawSound.ts';
import type { ReadMix } from '../sound/mixWindow.ts';
import { type Effort, spreadOut } from './effort.ts';
import { failure, type FilmCheck, notice, someOf } from './filmCheck.ts';
import { checkMessages, type Message, messagesIn } from './messages.ts';

/** What was mixed for a film. */
export type MixedSound = { read: ReadMix; sampleRateHz: number };

/** How loud a film is, by EBU R 128. */
export type Loudness = { integratedLufs: number; truePeakDbtp: number };

export type Listening = {
  tools: Ffmpeg;
  plan: ExportPlan;
  path: string;
  seconds: number;
  /** When its sound begins by the file’s own time, in seconds. */
  start: number;
  /** Absent: the film is not compared with it. */
  mix: MixedSound | undefined;
  /** Absent: it is measured, when there is time. */
  loudness: Loudness | undefined;
  effort: Effort;
  slots: Slots;
  signal: AbortSignal;
};

/** Rate at which sounds are compared, about: an eighth of a millisecond apart. */
const NEAR_HZ = 8_000;
const WINDOW_SECONDS = 1;
/** So much before a place a film is opened: more than a packet of any kind of sound. */
const LEAD_SECONDS = 0.25;
/** How far sound is looked for. */
const REACH_SECONDS = 0.15;
const MOST_MS_APART = 5;
const SOUNDING = 1e-3;
const MOST_WINDOWS = 5;
/** Windows that are listened to at a time. */
const AT_ONCE = 2;
const LOOKED_THROUGH = 24;
/** Share of the likeness that silence or another sound stays below, and encoded sound stays above. */
const ALIKE = 0.35;
/** A sound that repeats is as much like itself a period later. */
const AS_GOOD = 0.98;
/** Milliseconds to decode and measure a second of sound, roughly. */
const LOUDNESS_MS = 12;

/** Whether the sound of the film is the one that was mixed and in step with it; how loud it is; whether it decodes. */
export async function checkSound(listening: Listening): Promise<FilmCheck[]> {
  const { mix, loudness, effort, seconds } = listening;
  const step = mix ? [await checkStep(listening, mix)] : [];
  if (loudness) return [...step, loudnessNotice(loudness)];
  if (!effort.fits(seconds * LOUDNESS_MS, 0.8)) return step;
  const measured = await measure(listening);
  return [
    ...step,
    checkMessages('Sound decodes', measured.messages, 'all of it'),
    ...(measured.loudness ? [loudnessNotice(measured.loudness)] : []),
  ];
}

async function checkStep(listening: Listening, mix: MixedSound): Promise<FilmCheck> {
  const { seconds, effort, signal } = listening;
  const window = Math.min(WINDOW_SECONDS, seconds);
  const thinning = Math.max(1, Math.round(mix.sampleRateHz / NEAR_HZ));
  const hz = mix.sampleRateHz / thinning;
  const starts = Math.max(1, Math.min(LOOKED_THROUGH, Math.floor(seconds / window)));
  const furthest: number[] = [];
  const wrong: string[] = [];
  let isGone = false;
  await eachAtOnce(spreadOut(starts), { workers: AT_ONCE, signal }, async (index, stop) => {
    const heard = furthest.length + wrong.length;
    if (heard >= MOST_WINDOWS || (furthest.length > 1 && effort.leftMs < 0)) return;
    const hearing = { ...listening, signal: stop };
    const start = starts === 1 ? 0 : (index * (seconds - window)) / (starts - 1);
    const from = Math.round(start * mix.sampleRateHz) / mix.sampleRateHz;
    const [mixed, film] = await Promise.all([
      mixedSamples(hearing, mix, { from, seconds: window, thinning }),
      filmSamples(hearing, mix, { from, seconds: window, thinning }),
    ]);
    if (mixed === null) isGone = true;
    if (mixed === null || loudnessOf(mixed) < SOUNDING) return;
    const at = `${from.toFixed(1)} s`;
    const found = shiftBetween(mixed, film, hz);
    if (loudnessOf(film) < loudnessOf(mixed) / 100) wrong.push(`silent at ${at}`);
    else if (found.likeness < ALIKE) wrong.push(`another sound at ${at}`);
    else if (Math.abs(found.ms) > MOST_MS_APART)
      wrong.push(`${Math.abs(found.ms).toFixed(1)} ms ${found.ms > 0 ? 'late' : 'early'} at ${at}`);
    else furthest.push(Math.abs(found.ms));
  });
  if (wrong.length > 0) return failure('Sound in step', false, someOf(wrong));
  if (isGone && furthest.length === 0) return notice('Sound in step', true, 'not compared');
  if (furthest.length === 0) return failure('Sound in step', true, 'silent wherever it was heard');
  return failure(
    'Sound in step',
    true,
    `at most ${Math.max(...furthest).toFixed(1)} ms apart at ${furthest.length} places`,
  );
}

/** How much later the second sound is, and how much the two are alike then: 0 to 1. */
function shiftBetween(
  expected: Float32Array,
  heard: Float32Array,
  hz: number,
): { ms: number; likeness: number } {
  const reach = Math.round(REACH_SECONDS * hz);
  const at = (shift: number) => likeness(expected, heard, shift);
  let best = { shift: 0, likeness: at(0) };
  for (let shift = -reach; shift <= reach; shift++) {
    const here = at(shift);
    if (here > best.likeness) best = { shift, likeness: here };
  }
  // Of places as good as the best one, the nearest: a tone is as like itself one period on.
  for (let shift = 0; shift < Math.abs(best.shift); shift++) {
    const nearer = [shift, -shift].find((one) => at(one) >= best.likeness * AS_GOOD);
    if (nearer !== undefined) return { ms: (nearer / hz) * 1000, likeness: at(nearer) };
  }
  return { ms: (best.shift / hz) * 1000, likeness: best.likeness };
}

function likeness(expected: Float32Array, heard: Float32Array, shift: number): number {
  const first = Math.max(0, -shift);
  const end = Math.min(expected.length, heard.length - shift);
  let product = 0;
  let one = 0;
  let other = 0;
  for (let index = first; index < end; index++) {
    const a = expected[index] ?? 0;
    const b = heard[index + shift] ?? 0;
    product += a * b;
    one += a * a;
    other += b * b;
  }
  return one === 0 || other === 0 ? 0 : product / Math.sqrt(one * other);
}

function loudnessOf(samples: Float32Array): number {
  const sum = samples.reduce((total, sample) => total + sample * sample, 0);
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

/** A stretch of sound in seconds, and how many samples of it become one. */
type Window = { from: number; seconds: number; thinning: number };

/** What was mixed, both sides together and thinned out; null where it is gone. */
async function mixedSamples(
  { slots, signal }: Listening,
  { read, sampleRateHz }: MixedSound,
  { from, seconds, thinning }: Window,
): Promise<Float32Array | null> {
  const window = {
    from: Math.round(from * sampleRateHz),
    samples: Math.round(seconds * sampleRateHz),
  };
  const bytes = await slots.run(() => read(window, signal));
  return bytes === null ? null : thinned(bytes, MIX_CHANNELS * thinning);
}

/** The same of the film. */
async function filmSamples(
  { tools, path, start, slots, signal }: Listening,
  { sampleRateHz }: MixedSound,
  { from, seconds, thinning }: Window,
): Promise<Float32Array> {
  // A place is meant by the file’s own time, which begins before zero in some. Where a file is opened, the packet under way
  // may be lost, so that is done a little before.
  const time = start + from;
  const opened = time - LEAD_SECONDS;
  const seek = opened > 0 ? ['-seek_timestamp', '1', '-ss', opened.toFixed(6)] : [];
  const stretch =
    time > 0
      ? ['-af', `atrim=start=${time.toFixed(6)}:duration=${seconds.toFixed(6)}`]
      : ['-t', seconds.toFixed(6)];
  const decoding = [
    ...['-v', 'error', '-nostdin', ...seek, '-copyts', ...inputArguments(path), '-map', '0:a:0'],
    ...[...stretch, '-ac', '1', '-ar', String(sampleRateHz), '-f', 'f32le', 'pipe:1'],
  ];
  const chunks: Buffer[] = [];
  const onStdoutData = (chunk: Buffer) => chunks.push(chunk);
  await slots.run(() => run(tools.ffmpeg, decoding, { signal, onStdoutData }));
  return thinned(Buffer.concat(chunks), thinning);
}

/** The mean of each `count` samples. */
function thinned(bytes: Buffer, count: number): Float32Array {
  const samples = new Float32Array(Math.floor(bytes.length / 4 / count));
  for (let index = 0; index < samples.length; index++) {
    let sum = 0;
    for (let one = 0; one < count; one++) sum += bytes.readFloatLE((index * count + one) * 4);
    samples[index] = sum / count;
  }
  return samples;
}

async function measure({
  tools,
  path,
  slots,
  signal,
}: Listening): Promise<{ loudness: Loudness | null; messages: Message[] }> {
  const measuring = [
    ...['-hide_banner', '-nostats', '-nostdin', '-v', 'level+info', ...inputArguments(path)],
    ...['-map', '0:a:0', '-af', 'ebur128=peak=true:framelog=verbose', '-f', 'null', '-'],
  ];
  const { exitCode, stderr } = await slots.run(() => run(tools.ffmpeg, measuring, { signal }));
  const [, summary = ''] = stderr.split('Summary:');
  const integrated = /I:\s+(-?[\d.]+) LUFS/.exec(summary)?.[1];
  const peak = /Peak:\s+(-?[\d.]+|-inf) dBFS/.exec(summary)?.[1];
  const said = messagesIn(stderr);
  if (exitCode !== 0) said.push({ isError: true, text: `ffmpeg ended with ${exitCode}` });
  if (integrated === undefined || peak === undefined) return { loudness: null, messages: said };
  const truePeakDbtp = peak === '-inf' ? Number.NEGATIVE_INFINITY : Number(peak);
  return { loudness: { integratedLufs: Number(integrated), truePeakDbtp }, messages: said };
}

/** Below this EBU R 128 measures nothing. */
const SILENCE_LUFS = -70;

function loudnessNotice({ integratedLufs, truePeakDbtp }: Loudness): FilmCheck {
  if (integratedLufs <= SILENCE_LUFS) return notice('Loudness', true, 'silent');
  const words = `${signed(integratedLufs)} LUFS, true peak ${signed(truePeakDbtp)} dBTP`;
  return notice('Loudness', truePeakDbtp <= 0, truePeakDbtp <= 0 ? words : `${words}: it clips`);
}

function signed(value: number): string {
  return value.toFixed(1).replace('-', '−');
}
