import { readFile, stat } from 'node:fs/promises';
import { statSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import type { Loss } from '#core/contract/films.ts';
import type { AnyCommand } from '#core/edits/applyEdit.ts';
import { Refusal, refuse, settleAsync } from '#core/fault.ts';
import type { ResolvedAsset } from '#core/interchange/placedClip.ts';
import { readEdl } from '#core/interchange/fromEdl.ts';
import { readFcpxml } from '#core/interchange/fromFcpxml.ts';
import { readOtio } from '#core/interchange/fromOtio.ts';
import {
  allSequences,
  type InterchangeReading,
  type InterchangeTimeline,
} from '#core/interchange/interchangeTimeline.ts';
import { interchangeToCommands } from '#core/interchange/interchangeToCommands.ts';
import { pathsOfMediaUrl } from '#core/interchange/mediaUrl.ts';
import { audioStreamOf, type MediaFacts, videoStreamOf } from '#core/media/facts.ts';
import type { ProjectReader } from '#core/model/project.ts';
import { rate } from '#core/time/rate.ts';
import { systemFault } from '../files/systemFault.ts';
import { locationOf } from '../media/assetLocation.ts';
import { identify } from '../media/identity.ts';
import { probeMedia } from '../media/probe.ts';
import type { ProjectFile } from '../project/projectFile.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';

const MAX_BYTES = 64 * 1024 * 1024;
const USUAL_SIZE = { width: 1920, height: 1080, sampleRateHz: 48_000 };

/** Commands that bring an interchange file into a project as a new timeline, with what could not be carried. */
export type TimelineImport = { timelineId: string; commands: AnyCommand[]; losses: Loss[] };

/**
 * Reads an interchange file and the media it names. Media that cannot be read is reported and its clips are left out.
 * Refuses `interchange/format-not-supported`, `interchange/too-large`, what the format's reader refuses, and what the
 * system says of the file.
 */
export async function importTimeline(
  tools: Ffmpeg,
  file: ProjectFile,
  source: string,
): Promise<TimelineImport> {
  const path = resolve(source);
  const read = readerOf(path, file.project);
  const { timeline, losses } = read(await readText(path));
  const media = await resolveMedia(tools, file, timeline, dirname(path));
  const made = interchangeToCommands(timeline, {
    assets: media.assets,
    format: media.size,
    newId: () => crypto.randomUUID(),
  });
  return {
    timelineId: made.timelineId,
    commands: [...media.commands, ...made.commands],
    losses: [...losses, ...media.losses, ...made.losses],
  };
}

function readerOf(path: string, project: ProjectReader): (text: string) => InterchangeReading {
  const extension = extname(path).toLowerCase();
  if (extension === '.otio') return (text) => readOtio(text);
  if (extension === '.fcpxml' || extension === '.xml') return (text) => readFcpxml(text);
  // Edit decision lists do not say their frame rate; they are made for the film that the project is about.
  const frameRate = project.all('timeline')[0]?.format.frameRate ?? rate(24);
  if (extension === '.edl') return (text) => readEdl(text, frameRate);
  refuse(
    'interchange/format-not-supported',
    `“${basename(path)}” is of a kind Inkreel does not read as a timeline. It reads OpenTimelineIO files (.otio), Final Cut Pro XML (.fcpxml) and edit decision lists (.edl).`,
    { path },
  );
}

async function readText(path: string): Promise<string> {
  try {
    const found = await stat(path);
    if (!found.isFile()) {
      refuse('interchange/not-a-file', `“${basename(path)}” is not a file. Nothing was imported.`, {
        path,
      });
    }
    const { size } = found;
    if (size > MAX_BYTES)
      refuse(
        'interchange/too-large',
        `“${basename(path)}” is larger than 64 MB. Split the timeline and import the parts.`,
        { path, size },
      );
    return await readFile(path, 'utf8');
  } catch (error) {
    const fault = error instanceof Refusal ? null : systemFault(error, path);
    throw fault ? new Refusal(fault, error) : error;
  }
}

type Media = {
  assets: Map<string, ResolvedAsset>;
  commands: AnyCommand[];
  losses: Loss[];
  size: typeof USUAL_SIZE;
};

async function resolveMedia(
  tools: Ffmpeg,
  file: ProjectFile,
  timeline: InterchangeTimeline,
  folder: string,
): Promise<Media> {
  const media: Media = { assets: new Map(), commands: [], losses: [], size: USUAL_SIZE };
  const known = new Map(file.project.all('asset').map((asset) => [asset.identity.hash, asset.id]));
  const urls = new Set(
    allSequences(timeline)
      .flatMap(({ tracks }) => tracks.flatMap((track) => track.items))
      .flatMap((item) => (item.kind === 'clip' ? (item.mediaUrl ?? []) : [])),
  );
  let isFirstPicture = true;
  for (const url of urls) {
    const paths = pathsOfMediaUrl(url, folder);
    const nearby = paths.filter((candidate) => isNearby(candidate, folder));
    if (nearby.length < paths.length && !nearby.some(isFile)) {
      media.losses.push({
        code: 'interchange/media-elsewhere',
        where: url.slice(0, 1000),
        message:
          'This media lies on another computer, which was not asked. Open its folder, then import the media by hand.',
      });
      continue;
    }
    const path = nearby.find(isFile);
    const read = await settleAsync(async () => {
      if (path === undefined)
        refuse(
          'interchange/media-missing',
          `The media file “${url.slice(0, 1000)}” was not found.`,
        );
      return { path, facts: await probeMedia(tools, path), identity: await identify(path) };
    });
    if (!read.ok) {
      media.losses.push({
        code: read.error.code,
        where: url.slice(0, 1000),
        message: read.error.message,
      });
      continue;
    }
    const { facts, identity } = read.value;
    let assetId = known.get(identity.hash);
    if (assetId === undefined) {
      assetId = crypto.randomUUID();
      known.set(identity.hash, assetId);
      const location = locationOf(read.value.path, file.path);
      media.commands.push({
        type: 'asset.add',
        assetId,
        name: basename(read.value.path),
        location,
        identity,
        facts,
      });
    }
    media.assets.set(url, resolvedAsset(assetId, facts));
    const picture = videoStreamOf(facts);
    if (picture && isFirstPicture) {
      // The format of a timeline is not part of these files; its first picture is the best witness.
      media.size = { ...USUAL_SIZE, width: picture.displayWidth, height: picture.displayHeight };
      isFirstPicture = false;
    }
  }
  return media;
}

/**
 * Whether looking for a file asks no other computer than the one that the list itself came from: a stranger’s list
 * could make this one send its credentials there.
 */
function isNearby(path: string, folder: string): boolean {
  const hostOf = (of: string) => /^[\\/]{2}([^\\/]+)/.exec(of)?.[1]?.toLowerCase() ?? null;
  const host = hostOf(path);
  return host === null || host === hostOf(folder);
}

/** Pipes and devices have no end. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function resolvedAsset(assetId: string, facts: MediaFacts): ResolvedAsset {
  return {
    assetId,
    hasVideo: videoStreamOf(facts) !== undefined,
    hasAudio: audioStreamOf(facts) !== undefined,
    duration: facts.mediaKind === 'image' ? null : facts.duration,
  };
}
