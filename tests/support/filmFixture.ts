import { type AnyCommand, applyEdit } from '#core/edits/applyEdit.ts';
import { idsFrom } from '#core/edits/ids.ts';
import type { EditCommand } from '#core/edits/registry.ts';
import type { Item, ObjectId, Timeline, Track } from '#core/model/entities.ts';
import { Project } from '#core/model/project.ts';
import { FLICKS_PER_SECOND, type Flicks, flicks } from '#core/time/flicks.ts';
import { rate } from '#core/time/rate.ts';

/** A film for tests: one timeline at 30 fps, one ten-second file with picture and sound, and edits on top. */
export type FilmFixture = {
  project: Project;
  timeline: Timeline;
  assetId: ObjectId;
  /** Applies commands and gives the outcomes; throws on a refusal. */
  edit(...commands: EditCommand[]): Record<string, unknown>[];
  track(name: string): Track;
  itemsOn(name: string): readonly Item[];
};

/** Whole and broken seconds as flicks, to the nearest frame at 30 fps. */
export function seconds(value: number): Flicks {
  return flicks((Math.round(value * 30) * FLICKS_PER_SECOND) / 30);
}

export function filmFixture(): FilmFixture {
  const project = new Project();
  const ids = idsFrom('fixture');
  const edit = (...commands: AnyCommand[]) => {
    const result = applyEdit(project, commands, ids);
    if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
    return result.value.outcomes;
  };
  const format = { frameRate: rate(30), width: 1280, height: 720, sampleRateHz: 48_000 };
  const [made, imported] = edit(
    { type: 'timeline.create', name: 'Film', format },
    {
      type: 'asset.add',
      name: 'Harbour',
      location: { absolute: '/media/harbour.mp4' },
      identity: { sizeBytes: 1, hash: 'partial-sha256:0' },
      facts: {
        mediaKind: 'video',
        container: 'mp4',
        duration: seconds(10),
        streams: [
          {
            index: 0,
            kind: 'video',
            codec: 'h264',
            width: 1280,
            height: 720,
            displayWidth: 1280,
            displayHeight: 720,
            rotation: 0,
            frameRate: rate(30),
            color: {},
          },
          { index: 1, kind: 'audio', codec: 'aac', sampleRateHz: 48_000, channels: 2 },
        ],
      },
    },
  );
  const timeline = project.find('timeline', String(made?.['timelineId']));
  if (timeline === undefined) throw new Error('The fixture has no timeline');
  const track = (name: string) => {
    const found = project.tracksOf(timeline.id).find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`The fixture has no track ${name}`);
    return found;
  };
  return {
    project,
    timeline,
    assetId: String(imported?.['assetId']),
    edit,
    track,
    itemsOn: (name) => project.itemsOn(track(name).id),
  };
}
