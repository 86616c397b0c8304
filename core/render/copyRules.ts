import type { VideoStream } from '../media/facts.ts';
import { sourceColor } from '../media/sourceColor.ts';
import type { ObjectId } from '../model/entities.ts';
import { flicks } from '../time/flicks.ts';
import type { Rate } from '../time/rate.ts';
import { COPY_CODECS, type CopyCodecId } from './copyCodecs.ts';
import { FILM_COLORS } from './filmColors.ts';
import type { BitDepth } from './formats.ts';
import {
  PACKET,
  type PacketIndex,
  type PacketOrder,
  packetOrder,
  rankBefore,
} from './packetIndex.ts';
import {
  forwardSpeed,
  isUnchanged,
  pictureLimit,
  type PictureSource,
  PICTURE_SLACK,
} from './pictureSource.ts';
import type { Span } from './planExport.ts';
import type { DynamicRange } from './settings.ts';

/** A stretch of a film that is a stretch of packets, in both orders: that of decoding and that of presentation. */
export type CopyRun = {
  startFrame: number;
  /** Exclusive. */
  endFrame: number;
  assetId: ObjectId;
  /** Packets in the order of decoding; as many as there are frames. */
  firstPacket: number;
  /**
   * The packet that stands in the place of the first one: a sync frame with which an open group of pictures begins.
   * Those between the two lean on what lies before it and are left out.
   */
  openPacket?: number;
};

/** What of a span may be copied, in order, and why the rest of it may not. */
export type CopyFinding = { runs: CopyRun[]; why: string };

/** What a film is encoded as, as far as its packets have to agree with it. */
export type FilmPicture = {
  codec: CopyCodecId;
  bitDepth: BitDepth;
  dynamicRange: DynamicRange;
  pixelFormat: string;
  width: number;
  height: number;
  frameRate: Rate;
};

const EDGE = 'It lies between a cut and the next frame that can be decoded alone.';

/** Why a span is not a stretch of one source as it is; null where it is one, whose packets `findCopies` looks at. */
export function whyNotOneSource(span: Span): string | null {
  const [layer, ...more] = span.layers;
  if (layer === undefined) return 'It is black.';
  if (span.overlays.length > 0) return 'Titles or captions are drawn over it.';
  if (more.length > 0) return 'Several pictures lie over one another.';
  if (layer.kind === 'transition') return 'It is a transition.';
  if (layer.source.content.kind === 'timeline') return 'It shows another timeline.';
  if (!isUnchanged(layer.source)) return 'Its picture is changed.';
  const speed = forwardSpeed(layer.source);
  if (speed === null || speed.num !== speed.den) return 'Its speed is changed.';
  return null;
}

/** Why no packet of a stream may stand in a film; null where some may. */
function whyNotAsItIs(index: PacketIndex, film: FilmPicture): string | null {
  const { codec, profile, width, height, pixelFormat, fieldOrder, rotation } = index;
  if (codec !== film.codec) return `It is ${codec}, the film ${film.codec}.`;
  if (width !== film.width || height !== film.height)
    return `It has ${width} × ${height} pixels, the film ${film.width} × ${film.height}.`;
  if (rotation !== 0) return 'It is turned when it is shown.';
  if (!index.hasSquarePixels) return 'Its pixels are not square.';
  if (pixelFormat !== film.pixelFormat)
    return `Its pixels are ${pixelFormat}, the film’s ${film.pixelFormat}.`;
  if (!COPY_CODECS[film.codec].profiles[film.bitDepth]?.includes(profile))
    return `Its profile is ${profile}, which a decoder of the film need not know.`;
  if (fieldOrder !== 'progressive') return 'Its pictures are not known to be whole frames.';
  if (index.flags.some((flag) => (flag & PACKET.uneven) !== 0))
    return 'Some of its packets show no picture of their own.';
  if (!hasFilmColors(index, film.dynamicRange))
    return 'Its colours are tagged otherwise than the film’s.';
  return null;
}

/**
 * Whether packets say that their colours are those of the film. For usual screens they may say nothing, where that is
 * taken for the same; light of high dynamic range is always told, since nobody would guess it.
 */
function hasFilmColors(
  { color, pixelFormat, codec, height }: PacketIndex,
  dynamicRange: DynamicRange,
): boolean {
  const { matrix, range } = sourceColor(
    { color: told(color), pixelFormat, codec, height },
    'video',
  );
  const { primaries, transfer } = told(color);
  if (range !== 'limited') return false;
  if (dynamicRange !== 'standard') {
    const film = FILM_COLORS[dynamicRange];
    const isMatrix = told(color).matrix === film.matrix;
    return isMatrix && primaries === film.primaries && transfer === film.transfer;
  }
  const isFilm = (tag: string | undefined) => tag === undefined || tag === 'bt709';
  return matrix === 'bt709' && isFilm(primaries) && isFilm(transfer);
}

/** The tags that say something. */
function told(color: PacketIndex['color']): VideoStream['color'] {
  const entries = Object.entries(color);
  return Object.fromEntries(
    entries.filter(([, tag]) => !['', 'unknown', 'unspecified', 'reserved'].includes(tag)),
  );
}

/**
 * The stretches of a span of one source that its packets make as they are. Each begins with a picture that can be
 * decoded alone and ends where everything decoded so far has been shown; each of its frames shows the next packet.
 * The order of a long stream takes a while to find: whoever asks about many spans gives it.
 */
export function findCopies(
  span: Span,
  film: FilmPicture,
  index: PacketIndex,
  order: PacketOrder | null = packetOrder(index),
): CopyFinding {
  const [layer] = span.layers;
  const why = whyNotOneSource(span) ?? whyNotAsItIs(index, film);
  if (why !== null || layer?.kind !== 'clip') return { runs: [], why: why ?? '' };
  const { source } = layer;
  if (source.content.kind !== 'asset') return { runs: [], why: '' };
  const { assetId } = source.content;
  if (order === null) return { runs: [], why: 'Its packets have no times of their own.' };
  const found = steadyStretches(span, film.frameRate, { source, index, order });
  const runs = found
    .flatMap((stretch) => closedPart(stretch, index, order) ?? [])
    .filter((run) => doesPay(run, span, film.frameRate))
    .map((run) => ({ ...run, assetId }));
  if (runs.length > 0) return { runs, why: EDGE };
  return { runs, why: whyNone(span, found, index) };
}

type Stretch = Pick<CopyRun, 'startFrame' | 'endFrame' | 'firstPacket' | 'openPacket'>;

/** The longest stretches in which each frame shows the packet after the one before. `firstPacket` is a rank. */
function steadyStretches(
  span: Span,
  frameRate: Rate,
  shown: { source: PictureSource; index: PacketIndex; order: PacketOrder },
): Stretch[] {
  const { source, index, order } = shown;
  const stretches: Stretch[] = [];
  for (let frame = span.startFrame; frame < span.endFrame; frame++) {
    const limit = flicks(pictureLimit(source, frame, frameRate) - PICTURE_SLACK);
    const rank = rankBefore(index, order, limit);
    if (rank === null) continue;
    const last = stretches.at(-1);
    if (last?.endFrame === frame && last.firstPacket + frame - last.startFrame === rank)
      last.endFrame = frame + 1;
    else stretches.push({ startFrame: frame, endFrame: frame + 1, firstPacket: rank });
  }
  return stretches;
}

/** The part of a stretch from a sync frame that decoding can begin with to the last clean place; null where there is none. */
function closedPart(stretch: Stretch, index: PacketIndex, order: PacketOrder): Stretch | null {
  const end = stretch.firstPacket + stretch.endFrame - stretch.startFrame;
  const has = (packet: number, flag: number) => ((index.flags[packet] ?? 0) & flag) !== 0;
  let first = stretch.firstPacket;
  let openPacket: number | undefined;
  for (; first < end; first++) {
    // Where the order is clean, a packet’s rank is its number.
    if (order.isClean[first] && has(first, PACKET.closed)) break;
    // Behind an open sync frame stands all that is shown before it, then what is shown after it.
    const packet = order.byRank[first] ?? 0;
    const isOpen = has(packet, PACKET.open) && !has(packet, PACKET.foreignSets);
    openPacket = isOpen && order.isClean[first + 1] ? packet : undefined;
    if (openPacket !== undefined) break;
  }
  let last = end;
  for (let packet = openPacket === undefined ? first : first + 1; packet < last; packet++)
    if (has(packet, PACKET.foreignSets)) last = packet;
  while (last > first && !order.isClean[last]) last -= 1;
  if (last <= first) return null;
  const startFrame = stretch.startFrame + first - stretch.firstPacket;
  return {
    ...{ startFrame, endFrame: startFrame + last - first, firstPacket: first },
    ...(openPacket === undefined ? {} : { openPacket }),
  };
}

/** A short copy costs more than it spares: what is left before and after it is opened and encoded separately. */
function doesPay(run: Stretch, span: Span, frameRate: Rate): boolean {
  const isWhole = run.startFrame === span.startFrame && run.endFrame === span.endFrame;
  return isWhole || (run.endFrame - run.startFrame) * 2 * frameRate.den >= frameRate.num;
}

function whyNone(span: Span, found: readonly Stretch[], index: PacketIndex): string {
  const frames = span.endFrame - span.startFrame;
  const longest = Math.max(0, ...found.map((stretch) => stretch.endFrame - stretch.startFrame));
  if (longest * 2 < frames)
    return 'Its frames do not fall on those of the film one by one: its frame rate is another or varies.';
  const { flags } = index;
  if (flags.some((flag) => (flag & PACKET.foreignSets) !== 0))
    return 'It changes its parameters on the way.';
  const starts = PACKET.closed | PACKET.open;
  const isOpen = flags.some((flag) => (flag & PACKET.sync) !== 0 && (flag & starts) === 0);
  return isOpen
    ? 'Its groups of pictures are open: they lean on pictures before them.'
    : 'No stretch between its sync frames is long enough.';
}
