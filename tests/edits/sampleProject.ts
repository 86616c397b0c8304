import { type AnyCommand, applyEdit, type AppliedEdit } from '#core/edits/applyEdit.ts';
import { idsFrom } from '#core/edits/ids.ts';
import type { EditCommand } from '#core/edits/registry.ts';
import type { MediaFacts } from '#core/media/facts.ts';
import { Project } from '#core/model/project.ts';
import { FLICKS_PER_SECOND, type Flicks, flicks } from '#core/time/flicks.ts';
import { type Rate, rate } from '#core/time/rate.ts';

/** A project in memory with one timeline, one track for picture, one for sound, and media to use. */
export type SampleProject = {
  project: Project;
  timelineId: string;
  videoTrackId: string;
  audioTrackId: string;
  assets: { film: string; short: string; song: string; still: string };
};

const PICTURE = {
  index: 0,
  kind: 'video' as const,
  codec: 'h264',
  width: 320,
  height: 180,
  displayWidth: 320,
  displayHeight: 180,
  rotation: 0,
  frameRate: rate(25),
  color: {},
};
const SOUND = {
  index: 1,
  kind: 'audio' as const,
  codec: 'aac',
  sampleRateHz: 48_000,
  channels: 2,
};

/** The length of the film asset: one minute. */
export const FILM_DURATION = flicks(60 * FLICKS_PER_SECOND);

export function sampleProject(frameRate: Rate = rate(25)): SampleProject {
  const project = new Project();
  const timelineId = 'timeline';
  const made = apply(project, 'setup', [
    {
      type: 'timeline.create',
      name: 'Film',
      format: { frameRate, width: 1920, height: 1080, sampleRateHz: 48_000 },
      timelineId,
    },
    addAsset('film', 'video', FILM_DURATION),
    // Neither a whole number of frames nor of samples, as real files are.
    addAsset('short', 'video', flicks(2.5 * FLICKS_PER_SECOND + 12_345)),
    addAsset('song', 'audio', flicks(20 * FLICKS_PER_SECOND + 77)),
    addAsset('still', 'image', flicks(5 * FLICKS_PER_SECOND)),
  ]).outcomes;
  const id = (index: number, key: string) => String(made[index]?.[key]);
  return {
    project,
    timelineId,
    videoTrackId: id(0, 'videoTrackId'),
    audioTrackId: id(0, 'audioTrackId'),
    assets: {
      film: id(1, 'assetId'),
      short: id(2, 'assetId'),
      song: id(3, 'assetId'),
      still: id(4, 'assetId'),
    },
  };
}

/** Applies commands as one edit and fails the test when they are refused. */
export function apply(
  project: Project,
  seed: string,
  commands: readonly (EditCommand | AnyCommand)[],
): AppliedEdit {
  const result = applyEdit(project, commands, idsFrom(seed));
  if (!result.ok) throw new Error(`${result.error.code}: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** The code with which commands are refused; null when they are not. */
export function refusalOf(
  project: Project,
  commands: readonly (EditCommand | AnyCommand)[],
): string | null {
  const result = applyEdit(project, commands, idsFrom('refused'));
  return result.ok ? null : result.error.code;
}

function addAsset(name: string, mediaKind: MediaFacts['mediaKind'], duration: Flicks): EditCommand {
  const streams =
    mediaKind === 'video' ? [PICTURE, SOUND] : mediaKind === 'audio' ? [SOUND] : [PICTURE];
  return {
    type: 'asset.add',
    name: `${name}.file`,
    location: { absolute: `/media/${name}.file` },
    identity: { sizeBytes: 1000, hash: `partial-sha256:${name}` },
    facts: { mediaKind, container: 'test', duration, streams },
  };
}
