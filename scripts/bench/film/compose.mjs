/*
 * How fast pictures with looks, blends, effects and transitions are composed: 60 frames of 1080p25, each kind a film of
 * its own from two recordings, decoded, composed and encoded (x264 fast, CRF 18), once. INKREEL_COMPOSE names one kind
 * to be measured alone, INKREEL_FRAMES another length.
 */
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../lib/program.mjs';
import { findTools } from '../lib/engine.mjs';

export const id = 'compose';
export const title = 'Composed pictures: frames a second at 1080p';

const FRAMES = 60;
const SHORT_FRAMES = 24;
const RATE = { num: 25, den: 1 };

const animated = (from, to, time) => ({
  keyframes: [
    { time: 0, value: from, easing: 'linear' },
    { time, value: to, easing: 'linear' },
  ],
});
const effect = (name, parameters) => ({ id: name, effect: name, parameters });
const turned = { scaleX: 0.5, scaleY: 0.5, rotation: 10, positionX: 0.15 };
const blur = effect('blur', { radius: 0.01 });
const colors = [
  effect('saturation', { saturation: 1.4 }),
  effect('liftGammaGain', { gamma: 1.2, gainRed: 1.1 }),
];

/** Each kind: what the upper clip has, over another one, and what the lower one has. */
const KINDS = {
  'half size, turned, over another': () => ({ upper: turned }),
  'wholly turned and moving': (end) => ({
    upper: { rotation: animated(0, 30, end), scaleX: 1.2, scaleY: 1.2 },
  }),
  'blend: multiply': () => ({ upper: { blend: 'multiply' } }),
  'opacity with keyframes': (end) => ({ upper: { opacity: animated(0, 1, end) } }),
  'blur of the whole picture': () => ({ lower: { effects: [blur] } }),
  'colours: saturation, lift gamma gain': () => ({ lower: { effects: colors } }),
  'key over another': () => ({ upper: { effects: [effect('chromaKey', {})] } }),
  wipe: () => ({ wipe: true }),
  'all together': (end) => ({
    lower: { effects: [...colors, blur] },
    upper: { ...turned, blend: 'screen', opacity: animated(0.2, 1, end), effects: colors },
    wipe: true,
  }),
};

export async function measure({ folder, say, short }) {
  const frames = Number(process.env.INKREEL_FRAMES ?? (short ? SHORT_FRAMES : FRAMES));
  const { encodeSpan } = await import('../../../engine/export/encode/encodeSpan.ts');
  const { exportSettingsSchema } = await import('../../../core/render/settings.ts');
  const footage = [];
  for (const [index, picture] of ['testsrc2', 'gradients'].entries()) {
    footage.push(join(folder, `footage-${index}.mp4`));
    await runProgram('ffmpeg', [
      ...['-v', 'error', '-y', '-f', 'lavfi', '-i', `${picture}=size=1920x1080:rate=25`],
      ...['-frames:v', String(2 * frames), '-c:v', 'libx264', '-preset', 'ultrafast'],
      ...['-g', '50', '-pix_fmt', 'yuv420p', footage[index]],
    ]);
  }
  const settings = exportSettingsSchema.parse({});
  const rows = [];
  for (const [kind, of] of Object.entries(KINDS)) {
    if (process.env.INKREEL_COMPOSE !== undefined && process.env.INKREEL_COMPOSE !== kind) continue;
    const job = await jobOf({ folder, project: await projectOf(footage, frames, of), settings });
    const ticks = longestTicks();
    const cpu = process.cpuUsage();
    const started = performance.now();
    await encodeSpan(job, settings);
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    rows.push({
      kind,
      'frames a second': (frames / seconds).toFixed(1),
      'own CPU ms a frame': ((user + system) / 1000 / frames).toFixed(0),
      'main thread deaf at most, ms': ticks.stop(),
    });
    say(
      `  ${kind}: ${(frames / seconds).toFixed(1)} frames a second, load ${loadavg()[0].toFixed(1)}`,
    );
  }
  return { note: `${frames} frames each; without what ffmpeg needs, the CPU time is ours.`, rows };
}

/** The one span of a film as a job of its own. */
async function jobOf({ folder, project, settings }) {
  const { planExport } = await import('../../../core/render/planExport.ts');
  const { sourceFiles } = await import('../../../engine/export/sources/sourceFiles.ts');
  const tools = await findTools();
  const plan = planExport(project, 'timeline', settings);
  if (plan.spans.length !== 1) throw new Error(`One span was meant, not ${plan.spans.length}`);
  const film = { tools, projectPath: join(folder, 'bench.inkreel'), cacheDir: folder };
  const files = await sourceFiles(project, plan, film);
  return {
    tools,
    plan,
    span: plan.spans[0],
    files: files.pictures,
    overlays: {},
    output: join(folder, 'piece.mp4'),
    signal: new AbortController().signal,
    onFrame: () => undefined,
  };
}

/** How long the main thread is deaf at most. */
function longestTicks() {
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 5);
    last = now;
  }, 5);
  return {
    stop() {
      clearInterval(timer);
      return Math.round(longest);
    },
  };
}

async function projectOf(footage, frames, of) {
  const { Project } = await import('../../../core/model/project.ts');
  const { frameStart } = await import('../../../core/time/rate.ts');
  const { identify } = await import('../../../engine/media/identity.ts');
  const { factsOf } = await import('../lib/engine.mjs');
  const project = new Project();
  const put = (object, registers) =>
    project.apply(
      Object.entries(registers).map(([register, value]) => ({ object, register, value })),
    );
  const at = (frame) => frameStart(frame, RATE);
  const { upper, lower, wipe } = of(at(frames));
  put('timeline', {
    kind: 'timeline',
    name: 'Bench',
    format: { width: 1920, height: 1080, frameRate: RATE, sampleRateHz: 48_000 },
  });
  for (const [index, path] of footage.entries()) {
    put(`asset-${index}`, {
      kind: 'asset',
      name: path,
      location: { absolute: path },
      identity: await identify(path),
      facts: await factsOf(path),
    });
    const track = { kind: 'track', timelineId: 'timeline', trackKind: 'video' };
    put(`track-${index}`, { ...track, order: `a${index}`, name: `V${index + 1}` });
  }
  const clip = (id, trackId, assetId, start, length, more) =>
    put(id, {
      kind: 'clip',
      name: id,
      placement: { trackId, start: at(start) },
      assetId,
      sourceRange: { in: at(start), out: at(start + length) },
      ...more,
    });
  if (wipe) {
    // The transition lasts as long as the film, so that there is nothing else to be seen of its clips.
    clip('out', 'track-0', 'asset-0', 0, frames / 2, lower);
    clip('in', 'track-0', 'asset-1', frames / 2, frames / 2, lower);
    put('transition', {
      kind: 'transition',
      cut: { outgoingId: 'out', incomingId: 'in' },
      transitionKind: 'wipe',
      reach: { before: at(frames / 2), after: at(frames / 2) },
    });
  } else clip('lower', 'track-0', 'asset-0', 0, frames, lower);
  if (upper) clip('upper', 'track-1', 'asset-1', 0, frames, upper);
  return project;
}
