/* What the check of a film costs of its export. The bar: 5 %. */
import { join } from 'node:path';
import { factsOf, findTools } from '../lib/engine.mjs';
import { scatteredParts } from '../lib/cut.mjs';
import { longFootage } from '../lib/footage.mjs';

export const id = 'check';
export const title = 'What checking a film costs';

export async function measure({ folder, say, short }) {
  const { exportFilm } = await import('../../../engine/export/exportFilm.ts');
  const { exportSettingsSchema } = await import('../../../core/render/settings.ts');
  const tools = await findTools();
  const seconds = short ? 20 : 120;
  const source = await longFootage(folder, { seconds: seconds + 10 });
  const rows = [];
  for (const count of short ? [4] : [4, 40]) {
    const project = await filmOf(source, await factsOf(source), { count, seconds });
    let checkingFrom = 0;
    let checkingTo = 0;
    const report = (_share, detail) => {
      if (detail === 'Checking the film') checkingFrom ||= performance.now();
    };
    const started = performance.now();
    const film = await exportFilm(
      {
        ...{ project, projectPath: join(folder, 'bench.inkreel'), timelineId: 'timeline' },
        ...{ title: 'Bench', output: join(folder, `check-${count}.mp4`), force: true, workers: 2 },
        settings: exportSettingsSchema.parse({ encoderPreset: 'veryfast', crf: 20 }),
        ...{ cacheDir: join(folder, `cache-${count}`), tools },
        overlays: () => Promise.reject(new Error('This film has no graphics')),
        overlayBuild: () => Promise.resolve('bench'),
      },
      { signal: new AbortController().signal, report },
    );
    checkingTo = performance.now();
    const checkMs = checkingTo - checkingFrom;
    const exportMs = checkingTo - started;
    const valueOf = (name) => film.checks.find((check) => check.name === name)?.value ?? '–';
    rows.push({
      cuts: count,
      'export s': (exportMs / 1000).toFixed(1),
      'check s': (checkMs / 1000).toFixed(1),
      share: `${((100 * checkMs) / exportMs).toFixed(1)} %`,
      compared: valueOf('Cuts'),
      decoded: valueOf('Picture decodes'),
    });
    say(`  ${count} cuts: ${rows.at(-1).share}`);
  }
  return { note: `${seconds} s of 1080p30, x264 veryfast, CRF 20.`, rows };
}

async function filmOf(path, facts, { count, seconds }) {
  const { Project } = await import('../../../core/model/project.ts');
  const { frameStart } = await import('../../../core/time/rate.ts');
  const { identify } = await import('../../../engine/media/identity.ts');
  const project = new Project();
  const put = (object, registers) =>
    project.apply(
      Object.entries(registers).map(([register, value]) => ({ object, register, value })),
    );
  const rate = { num: 30, den: 1 };
  const format = { width: 1920, height: 1080, frameRate: rate, sampleRateHz: 48_000 };
  put('timeline', { kind: 'timeline', name: 'Bench', format });
  const identity = await identify(path);
  put('asset', { kind: 'asset', name: path, location: { absolute: path }, identity, facts });
  const frames = Math.floor((seconds * 30) / count);
  const parts = scatteredParts({ count, frames, sourceFrames: (seconds + 10) * 30 });
  for (const kind of ['video', 'audio']) {
    const track = { kind: 'track', timelineId: 'timeline', trackKind: kind, name: kind };
    put(`track-${kind}`, { ...track, order: `a-${kind}` });
    for (const [index, part] of parts.entries()) {
      put(`clip-${kind}-${index}`, {
        ...{ kind: 'clip', name: `${index}`, assetId: 'asset' },
        placement: { trackId: `track-${kind}`, start: frameStart(index * frames, rate) },
        sourceRange: { in: frameStart(part.in, rate), out: frameStart(part.out, rate) },
      });
    }
  }
  return project;
}
