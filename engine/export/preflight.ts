import { stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Preflight } from '#core/contract/exports.ts';
import type { ParsedInput } from '#core/contract/contract.ts';
import { type Fault, settle, settleAsync } from '#core/fault.ts';
import { type SizeEstimate, estimateSize } from '#core/render/estimateSize.ts';
import { outputSettings } from '#core/render/outputSettings.ts';
import { presetFaults } from '#core/render/presets.ts';
import { planDuration, planExport } from '#core/render/planExport.ts';
import { FLICKS_PER_SECOND } from '#core/time/flicks.ts';
import { findTimeline } from '../handlers/findTimeline.ts';
import type { ProjectFile } from '../project/projectFile.ts';
import type { ExportPace } from './exportPace.ts';
import { refuseLostRange } from './sources/highRange.ts';
import { sourceFiles } from './sources/sourceFiles.ts';

const NOTHING = {
  frames: 0,
  sizeBytes: 0,
  workBytes: 0,
  freeBytes: null,
  timeMs: null,
  missing: [],
  warnings: [],
};

/** Says what an export would come to and what stands in its way. Nothing is written, not even a folder. */
export async function preflight(
  { cacheDir, pace }: { cacheDir: string; pace: ExportPace },
  file: ProjectFile,
  input: ParsedInput<'export.preflight'>,
): Promise<Preflight> {
  const timeline = findTimeline(file, input.timelineId);
  const folders = { projectPath: file.path, cacheDir };
  const planned = await settleAsync(async () => {
    const settings = outputSettings(timeline.format, {
      preset: input.preset,
      overrides: input.settings,
      output: input.output,
    });
    const plan = planExport(file.project, timeline.id, settings);
    // What is missing is told beside what else there is to tell.
    const files = await sourceFiles(file.project, { ...plan, offline: 'slate' }, folders);
    return { settings, plan, files };
  });
  if (!planned.ok) return { ...NOTHING, stops: [planned.error] };
  const { settings, plan, files } = planned.value;
  const missing = await settleAsync(() => sourceFiles(file.project, plan, folders));
  const lost = settle(() => refuseLostRange(plan, settings, files.pictures));
  const seconds = planDuration(plan) / FLICKS_PER_SECOND;
  const platform = presetFaults(input.preset, plan);
  const frames = plan.endFrame - plan.startFrame;
  const hasSound = plan.sound.length > 0;
  const size = estimateSize(settings, { ...plan, frames, seconds, hasSound });
  // The pieces of the picture are as large as the picture; sound is mixed in 32-bit float.
  const workBytes =
    (settings.videoCodec === 'none' ? 0 : size.likely) +
    (hasSound ? seconds * plan.sampleRateHz * settings.audioChannels * 4 : 0);
  const output = input.output === undefined ? null : resolve(input.output);
  const space = await diskSpace(output, cacheDir);
  const faults = [
    ...(missing.ok ? [] : [missing.error]),
    ...(lost.ok ? [] : [lost.error]),
    ...(output === null ? [] : await targetFaults(output, [...files.paths, file.path])),
  ];
  const short = shortOfSpace(size, workBytes, space);
  return {
    frames,
    sizeBytes: Math.round(size.likely),
    workBytes: Math.round(workBytes),
    freeBytes: space.output,
    timeMs: pace.estimateMs(settings, plan.width * plan.height * frames),
    missing: [...files.missing.values()],
    stops: [...platform.stops, ...faults, ...(short?.isCertain ? [short.fault] : [])],
    warnings: [...platform.warnings, ...(short && !short.isCertain ? [short.fault] : [])],
  };
}

type DiskSpace = { output: number | null; cache: number | null; isOneDisk: boolean };

async function diskSpace(output: string | null, cacheDir: string): Promise<DiskSpace> {
  const [target, cache] = await Promise.all([
    output === null ? null : diskOf(dirname(output)),
    diskOf(cacheDir),
  ]);
  const isOneDisk = target !== null && cache !== null && target.id === cache.id;
  return { output: target?.free ?? null, cache: cache?.free ?? null, isOneDisk };
}

/** The disk of a folder, or of the nearest one above it that is there. */
async function diskOf(folder: string): Promise<{ id: number; free: number } | null> {
  for (let place = folder; ; place = dirname(place)) {
    try {
      const [{ dev }, { bavail, bsize }] = await Promise.all([stat(place), statfs(place)]);
      return { id: dev, free: bavail * bsize };
    } catch {
      if (dirname(place) === place) return null;
    }
  }
}

async function targetFaults(output: string, sources: readonly string[]): Promise<Fault[]> {
  if (sources.some((source) => resolve(source) === output)) {
    return [
      {
        code: 'file/is-source',
        message: 'This is one of the files that the film is made from. Choose another name.',
        details: { path: output },
      },
    ];
  }
  const there = await stat(output).catch(() => null);
  return there === null
    ? []
    : [
        {
          code: 'file/exists',
          message: 'A file of this name is there already.',
          details: { path: output },
        },
      ];
}

/** What is said of a disk that is too small: surely, when even the least would not fit. */
function shortOfSpace(
  size: SizeEstimate,
  workBytes: number,
  { output, cache, isOneDisk }: DiskSpace,
): { fault: Fault; isCertain: boolean } | null {
  const share = size.likely > 0 ? size.least / size.likely : 1;
  const needs = [
    { free: output, bytes: size.likely + (isOneDisk ? workBytes : 0), disk: 'the file' },
    { free: cache, bytes: workBytes, disk: 'its parts while it is made' },
  ];
  const worst = needs.find(({ free, bytes }) => free !== null && bytes > free);
  if (worst === undefined || worst.free === null) return null;
  const isCertain = worst.bytes * share > worst.free;
  return {
    isCertain,
    fault: {
      code: 'export/disk-short',
      message: `${isCertain ? 'There is not enough' : 'There may not be enough'} space for ${worst.disk}: about ${gigabytes(worst.bytes)} are needed, ${gigabytes(worst.free)} are free. Free some space, or choose a smaller size or quality.`,
      details: { neededBytes: Math.round(worst.bytes), freeBytes: worst.free },
    },
  };
}

function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
