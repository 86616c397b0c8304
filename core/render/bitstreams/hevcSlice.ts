import { BitReader, bitsFor } from './bitReader.ts';
import { withEmulation, withoutEmulation } from './emulation.ts';
import {
  HEVC_SETS,
  type HevcConfiguration,
  hevcUnitType,
  isHevcSet,
  renumberHevcSet,
  skipProfile,
} from './hevcConfiguration.ts';
import { rewriteBits, unsignedBits } from './rewriteBits.ts';

/** Pictures of HEVC by the type of their units (table 7-1). */
export const HEVC_PICTURES = {
  /** The first type of a picture that decoding can begin with in some way, and the last. */
  firstRandomAccess: 16,
  lastRandomAccess: 23,
  brokenLinkNoLeading: 18,
  idrWithLeading: 19,
  idrAlone: 20,
  cleanRandomAccess: 21,
  /** The last type of a slice. */
  last: 31,
} as const;

/** What of a sequence parameter set decides how the headers of slices are read. */
type Sequence = {
  separatePlanes: boolean;
  hasChroma: boolean;
  pictureOrderBits: number;
  addressBits: number;
  referenceSets: ReferenceSet[];
  longTermBits: number[];
  hasLongTerm: boolean;
  hasTemporalVectors: boolean;
  hasSao: boolean;
  /** How many pictures may be decoded before one and shown after it. */
  reorderDepth: number;
};

/** What of a picture parameter set does. */
type Picture = {
  hasDependentSlices: boolean;
  hasOutputFlag: boolean;
  extraBits: number;
  hasCabacInit: boolean;
  references: [number, number];
  hasChromaOffsets: boolean;
  weighsP: boolean;
  weighsB: boolean;
  hasEntryPoints: boolean;
  filtersAcrossSlices: boolean;
  hasDeblockingOverride: boolean;
  deblockingDisabled: boolean;
  hasListChanges: boolean;
  hasExtension: boolean;
};

/** A short-term reference picture set: how far its pictures are, those shown before first, and which the picture uses. */
type ReferenceSet = { before: Reference[]; after: Reference[] };
type Reference = { distance: number; isUsed: boolean };

/** Thrown where a header has something that no encoder of ours writes, or ends early. */
class Unforeseen extends Error {}

/**
 * Gives parameter sets and slices of one stream with a single set of each kind another id, so that they can stand
 * beside those of another stream. Null where the stream, or a unit of it, is not of the kind that x265 writes.
 */
export function hevcRenumbering(
  configuration: HevcConfiguration,
  id: number,
): { configuration: HevcConfiguration; unit: (unit: Uint8Array) => Uint8Array | null } | null {
  const [sequenceSet, ...moreSequences] = ofType(configuration, HEVC_SETS.sequence);
  const [pictureSet, ...morePictures] = ofType(configuration, HEVC_SETS.picture);
  if (!sequenceSet || !pictureSet || moreSequences.length + morePictures.length > 0) return null;
  return foreseen(() => {
    const sequence = readSequence(sequenceSet);
    const picture = readPicture(pictureSet);
    return {
      configuration: {
        ...configuration,
        sets: configuration.sets.map((set) => renumberHevcSet(set, id)),
      },
      unit: (unit) => {
        const type = hevcUnitType(unit);
        if (isHevcSet(type)) return renumberHevcSet(unit, id);
        if (type > HEVC_PICTURES.last) return unit;
        return foreseen(() => renumberSlice(unit, id, { sequence, picture }));
      },
    };
  });
}

function foreseen<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unforeseen) return null;
    throw error;
  }
}

/** How far a stream reorders its pictures (`sps_max_num_reorder_pics`); null where its sets hold what is not read here. */
export function hevcReorderDepth(configuration: HevcConfiguration): number | null {
  return foreseen(() => {
    const sequences = ofType(configuration, HEVC_SETS.sequence).map(readSequence);
    return Math.max(...sequences.map(({ reorderDepth }) => reorderDepth));
  });
}

function ofType({ sets }: HevcConfiguration, type: number): Uint8Array[] {
  return sets.filter((set) => hevcUnitType(set) === type);
}

/** A slice that names its picture parameter set by another id (HEVC, 7.3.6.1). */
function renumberSlice(
  unit: Uint8Array,
  id: number,
  sets: { sequence: Sequence; picture: Picture },
): Uint8Array {
  const content = withoutEmulation(unit);
  const reader = new BitReader(content, 16);
  const type = hevcUnitType(unit);
  const isFirst = reader.flag();
  if (type >= HEVC_PICTURES.firstRandomAccess && type <= HEVC_PICTURES.lastRandomAccess)
    reader.skip(1);
  const start = reader.position;
  reader.unsigned();
  const end = reader.position;
  skipSliceHeader(reader, { ...sets, type, isFirst });
  const headerEnd = reader.position;
  // A one and zeros up to the next byte, where the pictures’ own data begins.
  const dataStart = (headerEnd >> 3) + 1;
  if (!reader.flag() || reader.isPastEnd) throw new Unforeseen('a header without an end');
  const header = rewriteBits(content, headerEnd, [{ start, end, bits: unsignedBits(id) }]);
  const joined = new Uint8Array(header.length + content.length - dataStart);
  joined.set(header);
  joined.set(content.subarray(dataStart), header.length);
  return withEmulation(joined);
}

type SliceKind = { sequence: Sequence; picture: Picture; type: number; isFirst: boolean };

/** Types of slices: bidirectional, predicted, intra. */
const B = 0;
const P = 1;

function skipSliceHeader(reader: BitReader, kind: SliceKind): void {
  const { picture, sequence, isFirst } = kind;
  let isDependent = false;
  if (!isFirst) {
    if (picture.hasDependentSlices) isDependent = reader.flag();
    reader.skip(sequence.addressBits);
  }
  if (!isDependent) skipIndependentPart(reader, kind);
  if (picture.hasEntryPoints) {
    const count = reader.unsigned();
    if (count > 0) reader.skip((reader.unsigned() + 1) * count);
  }
  if (picture.hasExtension) reader.skip(8 * reader.unsigned());
}

function skipIndependentPart(reader: BitReader, kind: SliceKind): void {
  const { picture, sequence, type } = kind;
  reader.skip(picture.extraBits);
  const slice = reader.unsigned();
  if (picture.hasOutputFlag) reader.skip(1);
  if (sequence.separatePlanes) reader.skip(2);
  const isIdr = type === HEVC_PICTURES.idrWithLeading || type === HEVC_PICTURES.idrAlone;
  const { used, hasTemporalVectors } = isIdr
    ? { used: 0, hasTemporalVectors: false }
    : skipReferences(reader, sequence);
  let hasSao = false;
  if (sequence.hasSao) {
    const luma = reader.flag();
    const chroma = sequence.hasChroma && reader.flag();
    hasSao = luma || chroma;
  }
  if (slice === B || slice === P)
    skipPrediction(reader, { ...kind, slice, used, hasTemporalVectors });
  reader.signed();
  if (picture.hasChromaOffsets) {
    reader.signed();
    reader.signed();
  }
  let { deblockingDisabled } = picture;
  if (picture.hasDeblockingOverride && reader.flag()) {
    deblockingDisabled = reader.flag();
    if (!deblockingDisabled) {
      reader.signed();
      reader.signed();
    }
  }
  if (picture.filtersAcrossSlices && (hasSao || !deblockingDisabled)) reader.skip(1);
}

/** Which pictures a slice leans on; how many of them it uses itself. */
function skipReferences(
  reader: BitReader,
  sequence: Sequence,
): { used: number; hasTemporalVectors: boolean } {
  reader.skip(sequence.pictureOrderBits);
  const { referenceSets } = sequence;
  const known = reader.flag()
    ? referenceSets[reader.bits(bitsFor(referenceSets.length))]
    : readReferenceSet(reader, referenceSets, referenceSets.length, referenceSets.length);
  if (known === undefined) throw new Unforeseen('references that are not there');
  let used = [...known.before, ...known.after].filter(({ isUsed }) => isUsed).length;
  if (sequence.hasLongTerm) used += skipLongTerm(reader, sequence);
  return { used, hasTemporalVectors: sequence.hasTemporalVectors && reader.flag() };
}

function skipLongTerm(reader: BitReader, { longTermBits, pictureOrderBits }: Sequence): number {
  const listed = longTermBits.length > 0 ? reader.unsigned() : 0;
  const count = atMost(MOST_LONG_TERM, listed + reader.unsigned());
  let used = 0;
  for (let index = 0; index < count; index++) {
    if (index < listed) used += longTermBits[reader.bits(bitsFor(longTermBits.length))] ?? 0;
    else {
      reader.skip(pictureOrderBits);
      used += reader.bit();
    }
    if (reader.flag()) reader.unsigned();
  }
  return used;
}

function skipPrediction(
  reader: BitReader,
  kind: SliceKind & { slice: number; used: number; hasTemporalVectors: boolean },
): void {
  const { picture, sequence, slice, used } = kind;
  let [first, second] = picture.references;
  if (reader.flag()) {
    first = atMost(MOST_REFERENCES, reader.unsigned() + 1);
    if (slice === B) second = atMost(MOST_REFERENCES, reader.unsigned() + 1);
  }
  if (picture.hasListChanges && used > 1) {
    if (reader.flag()) reader.skip(first * bitsFor(used));
    if (slice === B && reader.flag()) reader.skip(second * bitsFor(used));
  }
  if (slice === B) reader.skip(1);
  if (picture.hasCabacInit) reader.skip(1);
  if (kind.hasTemporalVectors) {
    const isOfFirst = slice === B ? reader.flag() : true;
    if ((isOfFirst ? first : second) > 1) reader.unsigned();
  }
  if ((picture.weighsP && slice === P) || (picture.weighsB && slice === B)) {
    reader.unsigned();
    if (sequence.hasChroma) reader.signed();
    skipWeights(reader, first, sequence.hasChroma);
    if (slice === B) skipWeights(reader, second, sequence.hasChroma);
  }
  reader.unsigned();
}

/** The weights of one list of references (HEVC, 7.3.6.3). */
function skipWeights(reader: BitReader, count: number, hasChroma: boolean): void {
  const flags = () => Array.from({ length: count }, () => reader.flag());
  const luma = flags();
  const chroma = hasChroma ? flags() : [];
  luma.forEach((has, index) => {
    const numbers = (has ? 2 : 0) + (chroma[index] === true ? 4 : 0);
    for (let number = 0; number < numbers; number++) reader.signed();
  });
}

function readSequence(unit: Uint8Array): Sequence {
  const reader = new BitReader(withoutEmulation(unit), 16);
  const layers = skipProfile(reader);
  reader.unsigned();
  const chromaFormat = reader.unsigned();
  const separatePlanes = chromaFormat === 3 && reader.flag();
  const [width, height] = [reader.unsigned(), reader.unsigned()];
  if (reader.flag()) unsignedNumbers(reader, 4);
  unsignedNumbers(reader, 2);
  const pictureOrderBits = reader.unsigned() + 4;
  let reorderDepth = 0;
  for (let left = reader.flag() ? layers + 1 : 1; left > 0; left--) {
    reader.unsigned();
    reorderDepth = reader.unsigned();
    reader.unsigned();
  }
  const blockBits = reader.unsigned() + 3 + reader.unsigned();
  unsignedNumbers(reader, 4);
  if (reader.flag() && reader.flag()) throw new Unforeseen('scaling lists');
  reader.skip(1);
  const hasSao = reader.flag();
  if (reader.flag()) {
    reader.skip(8);
    unsignedNumbers(reader, 2);
    reader.skip(1);
  }
  const count = atMost(MOST_SETS, reader.unsigned());
  const referenceSets: ReferenceSet[] = [];
  for (let index = 0; index < count; index++)
    referenceSets.push(readReferenceSet(reader, referenceSets, index, count));
  const hasLongTerm = reader.flag();
  const longTermBits: number[] = [];
  for (let left = hasLongTerm ? atMost(MOST_LONG_TERM, reader.unsigned()) : 0; left > 0; left--) {
    reader.skip(pictureOrderBits);
    longTermBits.push(reader.bit());
  }
  const blocks = (side: number) => Math.ceil(side / 2 ** blockBits);
  return {
    separatePlanes,
    hasChroma: chromaFormat !== 0 && !separatePlanes,
    pictureOrderBits,
    addressBits: bitsFor(blocks(width) * blocks(height)),
    referenceSets,
    longTermBits,
    hasLongTerm,
    hasTemporalVectors: reader.flag(),
    ...{ hasSao, reorderDepth },
  };
}

function readPicture(unit: Uint8Array): Picture {
  const reader = new BitReader(withoutEmulation(unit), 16);
  unsignedNumbers(reader, 2);
  const hasDependentSlices = reader.flag();
  const hasOutputFlag = reader.flag();
  const extraBits = reader.bits(3);
  reader.skip(1);
  const hasCabacInit = reader.flag();
  const references: [number, number] = [reader.unsigned() + 1, reader.unsigned() + 1];
  reader.signed();
  reader.skip(2);
  if (reader.flag()) reader.unsigned();
  reader.signed();
  reader.signed();
  const hasChromaOffsets = reader.flag();
  const [weighsP, weighsB] = [reader.flag(), reader.flag()];
  reader.skip(1);
  const hasTiles = reader.flag();
  const isSynchronised = reader.flag();
  if (hasTiles) {
    const [columns, rows] = [reader.unsigned(), reader.unsigned()];
    if (!reader.flag()) unsignedNumbers(reader, atMost(MOST_TILES, columns + rows));
    reader.skip(1);
  }
  const filtersAcrossSlices = reader.flag();
  let [hasDeblockingOverride, deblockingDisabled] = [false, false];
  if (reader.flag()) {
    hasDeblockingOverride = reader.flag();
    deblockingDisabled = reader.flag();
    if (!deblockingDisabled) {
      reader.signed();
      reader.signed();
    }
  }
  if (reader.flag()) throw new Unforeseen('scaling lists');
  const hasListChanges = reader.flag();
  reader.unsigned();
  const hasExtension = reader.flag();
  if (reader.flag()) throw new Unforeseen('extensions');
  return {
    ...{ hasDependentSlices, hasOutputFlag, extraBits, hasCabacInit, references },
    ...{ hasChromaOffsets, weighsP, weighsB, hasEntryPoints: hasTiles || isSynchronised },
    ...{ filtersAcrossSlices, hasDeblockingOverride, deblockingDisabled },
    ...{ hasListChanges, hasExtension },
  };
}

/** A short-term reference picture set, told whole or by how it differs from one before it (HEVC, 7.3.7 and 7.4.8). */
function readReferenceSet(
  reader: BitReader,
  sets: readonly ReferenceSet[],
  index: number,
  count: number,
): ReferenceSet {
  if (index === 0 || !reader.flag()) {
    const [before, after] = [reader.unsigned(), reader.unsigned()];
    if (before + after > MOST_REFERENCES) throw new Unforeseen('too many references');
    return { before: readSide(reader, before, -1), after: readSide(reader, after, 1) };
  }
  const back = index === count ? reader.unsigned() + 1 : 1;
  const sign = reader.flag() ? -1 : 1;
  const shift = sign * (reader.unsigned() + 1);
  const from = sets[index - back];
  if (from === undefined) throw new Unforeseen('references that are not there');
  const kept: Reference[] = [];
  for (const distance of [...[...from.before, ...from.after].map((one) => one.distance), 0]) {
    const isUsed = reader.flag();
    const isKept = isUsed || reader.flag();
    if (isKept && distance + shift !== 0) kept.push({ distance: distance + shift, isUsed });
  }
  const near = (a: Reference, b: Reference) => Math.abs(a.distance) - Math.abs(b.distance);
  return {
    before: kept.filter(({ distance }) => distance < 0).sort(near),
    after: kept.filter(({ distance }) => distance > 0).sort(near),
  };
}

function readSide(reader: BitReader, count: number, sign: 1 | -1): Reference[] {
  let distance = 0;
  return Array.from({ length: count }, () => {
    distance += sign * (reader.unsigned() + 1);
    return { distance, isUsed: reader.flag() };
  });
}

/** What the standard allows at most (HEVC, 7.4.3.2.1, 7.4.7.1 and A.4): damaged headers say anything. */
const MOST_SETS = 64;
const MOST_LONG_TERM = 33;
const MOST_REFERENCES = 16;
const MOST_TILES = 44;

function atMost(most: number, number: number): number {
  if (number > most) throw new Unforeseen('a number that is too large');
  return number;
}

function unsignedNumbers(reader: BitReader, count: number): void {
  for (let index = 0; index < count; index++) reader.unsigned();
}
