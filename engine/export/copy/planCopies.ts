import type { ObjectId } from '#core/model/entities.ts';
import { chooseSets } from '#core/render/chooseSets.ts';
import {
  COPY_CODEC_IDS,
  COPY_CODECS,
  type CopyCodecId,
  copyCodecOf,
} from '#core/render/copyCodecs.ts';
import {
  type CopyFinding,
  type CopyRun,
  type FilmPicture,
  findCopies,
  whyNotOneSource,
} from '#core/render/copyRules.ts';
import { type PacketIndex, type PacketOrder, packetOrder } from '#core/render/packetIndex.ts';
import type { ExportPlan, Span } from '#core/render/planExport.ts';
import { type ContainerId, VIDEO_CODECS } from '#core/render/formats.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import type { SourceFiles } from '../sources/sourceFiles.ts';
import { packetFile } from './packetFile.ts';
import type { IndexOptions, PacketFile } from './packets.ts';
import { readPacketIndex } from './readPacketIndex.ts';

/** A source whose packets go into the film. */
export type CopySource = { index: PacketIndex; order: PacketOrder; lying: PacketFile };

type Indexed = { index: PacketIndex; order: PacketOrder | null };

/** What of a film is copied. */
export type CopyPlan = {
  findings: ReadonlyMap<Span, CopyFinding>;
  sources: ReadonlyMap<ObjectId, CopySource>;
  /** The id that encoded pieces give their parameter sets; null where nothing is copied. */
  parameterSetId: number | null;
  /** How far encoded pieces may reorder their pictures; null: as they like. */
  reorderDepth: number | null;
};

/**
 * Finds what of a film can be copied from its sources. A source that cannot be looked into, or whose parameter sets
 * clash with those of another that is used more, is encoded; nothing here fails an export.
 */
export async function planCopies(
  plan: ExportPlan,
  settings: ExportSettings,
  files: SourceFiles,
  options: IndexOptions,
): Promise<CopyPlan> {
  const codec = copyCodecOf(settings.videoCodec);
  const none = whyNoneAtAll(settings);
  if (none !== null || codec === null) return nothing(plan, none ?? OTHER_CODEC);
  const { bitDepth, dynamicRange } = settings;
  const film: FilmPicture = {
    codec,
    bitDepth,
    dynamicRange,
    pixelFormat: VIDEO_CODECS[codec].pixelFormats[bitDepth] ?? '',
    width: plan.width,
    height: plan.height,
    frameRate: plan.frameRate,
  };
  const indexes = new Map<ObjectId, Indexed | null>();
  const findings = new Map<Span, CopyFinding>();
  for (const span of plan.spans) {
    const why = whyNotOneSource(span);
    const assetId = why === null ? assetOf(span) : undefined;
    if (assetId === undefined) {
      findings.set(span, { runs: [], why: why ?? '' });
      continue;
    }
    if (!indexes.has(assetId)) indexes.set(assetId, await indexOf(assetId, files, options));
    const found = indexes.get(assetId) ?? null;
    findings.set(
      span,
      found === null
        ? { runs: [], why: whyNoIndex(assetId, files) }
        : findCopies(span, film, found.index, found.order),
    );
  }
  return settle(codec, findings, { indexes, files, options });
}

function assetOf(span: Span): ObjectId | undefined {
  const [layer] = span.layers;
  if (layer?.kind !== 'clip' || layer.source.content.kind !== 'asset') return undefined;
  return layer.source.content.assetId;
}

const COPY_CONTAINERS: readonly ContainerId[] = ['mp4', 'mov', 'mkv', 'webm'];
const OTHER_CODEC = `Packets are copied into films of ${COPY_CODEC_IDS.map((id) => VIDEO_CODECS[id].name).join(', ')} only.`;

/** Why a film with these settings copies nothing; null where it may. */
function whyNoneAtAll(settings: ExportSettings): string | null {
  const { mode, videoCodec, container, bitDepth, crf, background, encoder } = settings;
  if (mode === 'encode') return 'Everything was to be encoded.';
  if (copyCodecOf(videoCodec) === null || !COPY_CONTAINERS.includes(container)) return OTHER_CODEC;
  if (videoCodec === 'h264' && bitDepth !== 8) return 'The film has 10 bits.';
  if (videoCodec === 'h264' && crf === 0) return 'The film is coded without loss.';
  if (background !== 'black') return 'The film has a clear background.';
  // Of what is encoded, the ids of parameter sets have to be known.
  return encoder === 'software' ? null : 'The film is encoded by hardware.';
}

function nothing(plan: ExportPlan, why: string): CopyPlan {
  const findings = new Map(plan.spans.map((span) => [span, { runs: [], why }]));
  return { findings, sources: new Map(), parameterSetId: null, reorderDepth: null };
}

async function indexOf(
  assetId: ObjectId,
  files: SourceFiles,
  options: IndexOptions,
): Promise<Indexed | null> {
  const file = files.pictures.get(assetId);
  if (file === undefined || file.isStill || files.missing.has(assetId)) return null;
  const index = await readPacketIndex(file, options);
  return index && { index, order: packetOrder(index) };
}

function whyNoIndex(assetId: ObjectId, files: SourceFiles): string {
  if (files.missing.has(assetId)) return 'Its file is missing.';
  return files.pictures.get(assetId)?.isStill
    ? 'It is a still picture.'
    : 'Its packets could not be read one by one.';
}

/** Keeps the sources whose parameter sets go together, those with more frames first. */
async function settle(
  codec: CopyCodecId,
  findings: Map<Span, CopyFinding>,
  known: {
    indexes: ReadonlyMap<ObjectId, Indexed | null>;
    files: SourceFiles;
    options: IndexOptions;
  },
): Promise<CopyPlan> {
  const { indexes, files, options } = known;
  const candidates = [...framesByAsset(findings)].flatMap(([assetId, frames]) => {
    const { index, order = null } = indexes.get(assetId) ?? {};
    const configuration = Buffer.from(index?.decoderConfiguration ?? '', 'base64');
    if (!index || !order || !COPY_CODECS[codec].isKnown(configuration)) return [];
    return [{ assetId, frames, index, order, configuration }];
  });
  const { chosen, refused, id } = chooseSets(codec, candidates);
  const sources = new Map<ObjectId, CopySource>();
  for (const { assetId, index, order } of chosen) {
    const file = files.pictures.get(assetId);
    const lying = file ? await packetFile(file, { index, codec }, options) : null;
    if (lying === null) refused.set(assetId, 'Its packets could not be read one by one.');
    else sources.set(assetId, { index, order, lying });
  }
  for (const [span, { runs }] of findings) {
    const why = refused.get(runs[0]?.assetId ?? '');
    if (why !== undefined) findings.set(span, { runs: [], why });
  }
  const reorderDepth = COPY_CODECS[codec].reorderDepth(
    chosen.map(({ configuration }) => configuration),
  );
  return { findings, sources, parameterSetId: sources.size > 0 ? id : null, reorderDepth };
}

function framesByAsset(findings: ReadonlyMap<Span, CopyFinding>): Map<ObjectId, number> {
  const frames = new Map<ObjectId, number>();
  const add = ({ assetId, startFrame, endFrame }: CopyRun) =>
    frames.set(assetId, (frames.get(assetId) ?? 0) + endFrame - startFrame);
  for (const { runs } of findings.values()) runs.forEach(add);
  return frames;
}
