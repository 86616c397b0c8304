import { resolve } from 'node:path';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import { itemDuration, itemEnd, itemStart } from '#core/model/items.ts';
import type { Item, Timeline, Track } from '#core/model/entities.ts';
import type { Project } from '#core/model/project.ts';
import { timelineFrames } from '#core/render/sceneAt.ts';
import { formatRate, frameAt, isExactRate, parseRate } from '#core/time/rate.ts';
import {
  type Command,
  type CommandContext,
  type CommandResult,
  textOption,
  unwrap,
  wrongUsage,
} from '../command.ts';
import { formatSize, openProject } from './shared.ts';

const projectNew: Command = {
  name: 'project new',
  usage: 'FILE [--fps 30000/1001] [--size 1920x1080] [--sample-rate 48000]',
  summary: 'Makes a project with one empty timeline.',
  options: {
    fps: { type: 'string' },
    size: { type: 'string' },
    'sample-rate': { type: 'string' },
    name: { type: 'string' },
  },
  positionals: [1, 1],
  async run(context) {
    const [path = ''] = context.positionals;
    const frameRate =
      parseRate(textOption(context, 'fps') ?? '30') ??
      wrongUsage('--fps takes a rate such as 25, 29.97 or 30000/1001.');
    if (!isExactRate(frameRate))
      wrongUsage(
        '--fps must be a rate that edits can be exact in, such as 24, 25, 30 or 30000/1001.',
      );
    const size =
      /^(\d{2,5})x(\d{2,5})$/.exec(textOption(context, 'size') ?? '1920x1080') ??
      wrongUsage('--size takes WIDTHxHEIGHT, such as 1920x1080.');
    const sampleRateHz = Number(textOption(context, 'sample-rate') ?? '48000');
    const format = { frameRate, width: Number(size[1]), height: Number(size[2]), sampleRateHz };
    const fileName = path.split(/[\\/]/).at(-1) ?? path;
    const name = textOption(context, 'name') ?? (fileName.replace(/\.inkreel$/, '') || 'Untitled');
    const opened = unwrap(await context.engine.call('project.new', { path, name, format }));
    const timelineId =
      opened.writes.find((write) => write.register === 'kind' && write.value === 'timeline')
        ?.object ?? null;
    return { json: { projectId: opened.projectId, timelineId }, lines: [`Made ${opened.path}`] };
  },
};

const projectSample: Command = {
  name: 'project sample',
  usage: '[FOLDER]',
  summary: 'Makes the sample project where it is not there yet, and says where it is.',
  positionals: [0, 1],
  async run(context) {
    const [folder] = context.positionals;
    const { projectId, path } = unwrap(
      await context.engine.call(
        'project.openSample',
        folder === undefined ? {} : { folder: resolve(folder) },
      ),
    );
    return { json: { projectId, path }, lines: [path] };
  },
};

const projectInfo: Command = {
  name: 'project info',
  usage: 'FILE',
  summary: 'Lists timelines, tracks, items, books and assets.',
  positionals: [1, 1],
  async run(context) {
    const { project, name, revision } = await openProject(context, context.positionals[0] ?? '');
    const timelines = project
      .all('timeline')
      .map((timeline) => describeTimeline(project, timeline));
    const books = project.all('book').map((book) => ({
      id: book.id,
      ...book.metadata,
      chapters: chaptersOf(project, book.id).map(({ id, title }) => ({ id, title })),
    }));
    const assets = project.all('asset').map(({ id, name: assetName, location, facts }) => ({
      id,
      name: assetName,
      path: location.absolute,
      kind: facts.mediaKind,
      durationFlicks: facts.duration,
    }));
    const lines = [
      `${name}, revision ${revision}`,
      ...timelines.flatMap((timeline) => [
        `  ${timeline.name}: ${timeline.durationFrames} frames at ${timeline.fps} fps`,
        ...timeline.tracks.map(
          (track) => `    ${track.name} (${track.kind}): ${track.items.length} items`,
        ),
      ]),
      ...books.map((book) => `  ${book.title}: ${book.chapters.length} chapters`),
      ...assets.map((asset) => `  ${asset.name} (${asset.kind})`),
    ];
    return { json: { name, revision, timelines, books, assets }, lines };
  },
};

const projectCheck: Command = {
  name: 'project check',
  usage: 'FILE [--repair]',
  summary:
    'Checks the file, the rules of the timeline and the media; --repair writes a sound copy beside it.',
  options: { repair: { type: 'boolean' } },
  positionals: [1, 1],
  async run(context) {
    const [path = ''] = context.positionals;
    const repairs = context.options['repair'] === true;
    const opened = await context.engine.call('project.open', { path });
    if (!opened.ok && repairs && opened.error.code === 'project/damaged') return repair(context);
    const { projectId } = unwrap(opened);
    const report = unwrap(await context.engine.call('project.check', { projectId }));
    if (repairs && report.problems.some((problem) => problem.code === 'check/damaged'))
      return repair(context);
    const lines = [
      ...(report.ok ? [`All is well at revision ${report.revision}.`] : []),
      ...report.problems.map((problem) => `${problem.code}  ${problem.where}: ${problem.message}`),
    ];
    return { json: report, lines, failed: !report.ok };
  },
};

async function repair({ engine, positionals }: CommandContext): Promise<CommandResult> {
  const [path = ''] = positionals;
  const repaired = unwrap(await engine.call('project.repair', { path }));
  const history = repaired.complete
    ? 'The whole history was saved.'
    : 'Parts of the history were lost; the last state was kept as far as it could be read.';
  return {
    json: { repaired },
    lines: [
      `Wrote a repaired copy to ${repaired.path}. The original is unchanged.`,
      `Saved ${repaired.commits} steps of history and ${repaired.registers} values. ${history}`,
    ],
  };
}

const projectBackups: Command = {
  name: 'project backups',
  usage: 'FILE [--restore NAME]',
  summary: 'Lists the backups of a project, damaged or not; --restore copies one beside it.',
  options: { restore: { type: 'string' } },
  positionals: [1, 1],
  async run(context) {
    const { engine, positionals } = context;
    const opened = await engine.call('project.open', { path: positionals[0] ?? '' });
    const known = opened.ok ? opened.value.projectId : opened.error.details?.['projectId'];
    const projectId = typeof known === 'string' ? known : unwrap(opened).projectId;
    const name = textOption(context, 'restore');
    if (name !== undefined) {
      const { path } = unwrap(await engine.call('project.restoreBackup', { projectId, name }));
      return { json: { path }, lines: [`Restored to ${path}. The original is unchanged.`] };
    }
    const { backups } = unwrap(await engine.call('project.backups', { projectId }));
    const lines = backups.map((backup) => `${backup.name}  ${formatSize(backup.sizeBytes)}`);
    return { json: { backups }, lines: lines.length === 0 ? ['There are no backups.'] : lines };
  },
};

export const projectCommands = [
  projectNew,
  projectSample,
  projectInfo,
  projectCheck,
  projectBackups,
];

function describeTimeline(project: Project, timeline: Timeline) {
  const { frameRate, width, height, sampleRateHz } = timeline.format;
  return {
    id: timeline.id,
    name: timeline.name,
    fps: formatRate(frameRate),
    width,
    height,
    sampleRateHz,
    durationFrames: timelineFrames(project, timeline.id),
    tracks: project.tracksOf(timeline.id).map((track) => describeTrack(project, timeline, track)),
  };
}

/** A track with everything on it in order, the gaps and transitions between items included. */
function describeTrack(project: Project, timeline: Timeline, track: Track) {
  const frames = (time: Parameters<typeof frameAt>[0]) =>
    frameAt(time, timeline.format.frameRate, 'nearest');
  const items = project.itemsOn(track.id);
  const described = items.flatMap((item, index) => {
    const before = items[index - 1];
    const start = frames(itemStart(item));
    const end = before ? frames(itemEnd(before)) : 0;
    const gap =
      start > end ? [{ kind: 'gap' as const, startFrame: end, durationFrames: start - end }] : [];
    const transitions = project
      .transitionsOf(item.id)
      .filter((transition) => transition.cut.incomingId === item.id)
      .map((transition) => ({
        id: transition.id,
        kind: 'transition' as const,
        startFrame: start - frames(transition.reach.before),
        durationFrames: frames(transition.reach.before) + frames(transition.reach.after),
      }));
    return [...gap, ...transitions, describeItem(item, start, frames(itemDuration(item)))];
  });
  return { id: track.id, kind: track.trackKind, name: track.name, items: described };
}

function describeItem(item: Item, startFrame: number, durationFrames: number) {
  const place = { id: item.id, startFrame, durationFrames };
  switch (item.kind) {
    case 'clip':
      return {
        ...place,
        kind: 'clip' as const,
        name: item.name,
        assetId: item.assetId,
        sourceRange: item.sourceRange,
        ...(item.linkId === undefined ? {} : { linkId: item.linkId }),
        ...(item.gainDb === undefined ? {} : { gainDb: item.gainDb }),
      };
    case 'graphic':
      return {
        ...place,
        kind: 'title' as const,
        name: item.name,
        template: item.template,
        fields: item.fields,
      };
    case 'cue':
      return { ...place, kind: 'caption' as const, text: item.text };
  }
}
