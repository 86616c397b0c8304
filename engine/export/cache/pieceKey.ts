import { createHash } from 'node:crypto';
import type { ExportPlan, Span } from '#core/render/planExport.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { pictureEncoding } from '../encode/encoders.ts';
import type { SourceFiles } from '../sources/sourceFiles.ts';
import { pieceContent } from './pieceContent.ts';
import { workingFormat } from '../sources/workingFormat.ts';
import type { SourceWatch } from './sourceWatch.ts';

/**
 * Counts up whenever the same plan, settings and sources come to other pictures or other bytes: a change of how pictures
 * are read, composed, drawn or encoded.
 */
const RECIPE = 2;

/** What a piece is called in the cache, and the files that it is read from. */
export type PieceKey = { key: string; paths: string[]; hasGraphics: boolean };

/** Everything about an export that its pieces may depend on. */
export type KeyContext = {
  plan: ExportPlan;
  settings: ExportSettings;
  tools: Ffmpeg;
  files: SourceFiles;
  watch: SourceWatch;
  /** Changes whenever titles and captions may look different. */
  overlayBuild: () => Promise<string>;
};

/**
 * The key of the piece that a span makes: a hash of everything that decides its bytes, with times counted from its
 * beginning.
 */
export async function pieceKey(context: KeyContext, span: Span): Promise<PieceKey> {
  const { plan, files, watch } = context;
  const format = workingFormat(context.settings);
  const { pictures, assetIds, effectFiles, hasGraphics } = pieceContent(
    plan,
    span,
    files.pictures,
    format,
  );
  const sources: unknown[] = [];
  const paths: string[] = [];
  for (const assetId of assetIds) {
    const file = files.pictures.get(assetId);
    const unusable = files.missing.get(assetId) ?? files.changed.get(assetId);
    if (file === undefined || unusable !== undefined) {
      sources.push(['slate', files.changed.has(assetId), unusable, file?.width, file?.height]);
      continue;
    }
    const { path, ...shown } = file;
    paths.push(path);
    sources.push([await watch.contentOf(path), shown]);
  }
  for (const path of effectFiles) {
    paths.push(path);
    sources.push([path, await watch.contentOf(path)]);
  }
  const parts = [
    RECIPE,
    context.tools.version,
    pictureFormat(plan),
    format,
    pictureEncoding(plan, context.settings),
    pictureSettings(context.settings),
    hasGraphics ? await context.overlayBuild() : null,
    sources,
    pictures,
  ];
  const key = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
  return { key, paths, hasGraphics };
}

/** What of a plan is the same for all of its pieces. Left out is what the pieces say themselves, and the sound. */
function pictureFormat(plan: ExportPlan): unknown {
  const {
    timelineId: _timelineId,
    startFrame: _startFrame,
    endFrame: _endFrame,
    spans: _spans,
    nests: _nests,
    sampleRateHz: _sampleRateHz,
    startSample: _startSample,
    endSample: _endSample,
    sound: _sound,
    assetIds: _assetIds,
    offline: _offline,
    ...format
  } = plan;
  return format;
}

/** Settings that may matter to the picture, besides how it is encoded: all but those that are known not to. */
function pictureSettings(settings: ExportSettings): unknown {
  const {
    container: _container,
    videoCodec: _videoCodec,
    videoProfile: _videoProfile,
    crf: _crf,
    videoBitrateKbps: _videoBitrateKbps,
    encoderPreset: _encoderPreset,
    bitDepth: _bitDepth,
    encoder: _encoder,
    audioCodec: _audioCodec,
    audioBitrateKbps: _audioBitrateKbps,
    audioChannels: _audioChannels,
    loudness: _loudness,
    captions: _captions,
    chapters: _chapters,
    metadata: _metadata,
    offline: _offline,
    mode: _mode,
    range: _range,
    width: _width,
    height: _height,
    frameRate: _frameRate,
    ...picture
  } = settings;
  return picture;
}
