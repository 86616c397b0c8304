import { describe, expect, it } from 'vitest';
import { flicks, FLICKS_PER_SECOND, ZERO } from '../time/flicks.ts';
import { frameStart, rate } from '../time/rate.ts';
import { findCopies, type FilmPicture, whyNotOneSource } from './copyRules.ts';
import { PACKET, type PacketIndex } from './packetIndex.ts';
import type { PictureSource } from './pictureSource.ts';
import type { Span } from './planExport.ts';

const RATE = rate(30);
const FILM: FilmPicture = {
  codec: 'h264',
  bitDepth: 8,
  dynamicRange: 'standard',
  pixelFormat: 'yuv420p',
  width: 1920,
  height: 1080,
  frameRate: RATE,
};
const IDR = PACKET.sync | PACKET.closed;
const GOP = 60;
/** Order of presentation of a group of four pictures of which two B-frames come before the second P. */
const REORDERED = [0, 3, 1, 2];

/** A stream of 300 pictures at 30 fps in ticks of 1/15360 s, with a closed group of pictures every 60. */
function stream(changes: Partial<PacketIndex> = {}, order: readonly number[] = [0]): PacketIndex {
  const packets = Array.from({ length: 300 }, (_, packet) => packet);
  const rankOf = (packet: number) => {
    const inside = packet % order.length;
    return packet - inside + (order[inside] ?? 0);
  };
  return {
    container: 'mov,mp4,m4a,3gp,3g2,mj2',
    codec: 'h264',
    profile: 'High',
    width: 1920,
    height: 1080,
    hasSquarePixels: true,
    pixelFormat: 'yuv420p',
    fieldOrder: 'progressive',
    rotation: 0,
    color: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'tv' },
    timeBase: rate(1, 15_360),
    startTick: 0,
    decoderConfiguration: '',
    times: packets.map((packet) => rankOf(packet) * 512),
    sizes: packets.map(() => 100),
    offsets: packets.map((packet) => packet * 100),
    flags: packets.map((packet) => (packet % GOP === 0 ? IDR : 0)),
    ...changes,
  };
}

/** Frames 1000 to 1000 + `frames` of a film that show an asset from a frame of its own on. */
function span(from: number, frames: number, changes: Partial<PictureSource> = {}): Span {
  const source: PictureSource = {
    clipId: 'clip',
    content: { kind: 'asset', assetId: 'asset' },
    start: frameStart(1000, RATE),
    duration: frameStart(frames, RATE),
    range: {
      in: flicks(Math.round(from * frameStart(1, RATE))),
      out: flicks(Math.round((from + frames) * frameStart(1, RATE))),
    },
    parameters: {},
    blend: 'normal',
    effects: [],
    ...changes,
  };
  return {
    kind: 'footage',
    startFrame: 1000,
    endFrame: 1000 + frames,
    layers: [{ kind: 'clip', source }],
    overlays: [],
  };
}

const runsOf = (one: Span, index: PacketIndex) =>
  findCopies(one, FILM, index).runs.map(({ startFrame, endFrame, firstPacket }) => [
    startFrame - 1000,
    endFrame - 1000,
    firstPacket,
  ]);
const whyOf = (one: Span, index: PacketIndex, film = FILM) => findCopies(one, film, index).why;

describe('what is copied of a clip', () => {
  it('is everything from the first sync frame on', () => {
    expect(runsOf(span(10, 200), stream())).toEqual([[50, 200, 60]]);
    expect(runsOf(span(60, 90), stream())).toEqual([[0, 90, 60]]);
  });

  it('ends where as much has been shown as was decoded', () => {
    const reordered = stream({}, REORDERED);
    expect(runsOf(span(0, 121), reordered)).toEqual([[0, 121, 0]]);
    expect(runsOf(span(0, 122), reordered)).toEqual([[0, 121, 0]]);
    expect(runsOf(span(0, 123), reordered)).toEqual([[0, 121, 0]]);
    expect(runsOf(span(0, 124), reordered)).toEqual([[0, 124, 0]]);
  });

  it('is the packet that starts last before the middle of each frame', () => {
    // In point a little before and a little after the middle of frame 59.
    expect(runsOf(span(59.4, 90), stream())).toEqual([[1, 90, 60]]);
    expect(runsOf(span(59.6, 90), stream())).toEqual([[0, 90, 60]]);
  });

  it('counts from the beginning of the file, whatever its first time is', () => {
    const index = stream();
    const later = stream({ startTick: 700, times: (index.times ?? []).map((time) => time + 700) });
    expect(runsOf(span(10, 200), later)).toEqual([[50, 200, 60]]);
  });

  it('follows times that are rounded to milliseconds', () => {
    const times = Array.from({ length: 300 }, (_, packet) => Math.round((packet * 1000) / 30));
    expect(runsOf(span(10, 200), stream({ times, timeBase: rate(1, 1000) }))).toEqual([
      [50, 200, 60],
    ]);
  });

  it('begins at no picture that leans on others before it', () => {
    const open = stream();
    open.flags[60] = PACKET.sync;
    expect(runsOf(span(10, 200), open)).toEqual([[110, 200, 120]]);
    const all = stream({ flags: stream().flags.map((flag) => flag & PACKET.sync) });
    expect(runsOf(span(10, 200), all)).toEqual([]);
    expect(whyOf(span(10, 200), all)).toMatch(/open/);
  });

  it('begins at an open sync frame with what is shown after it, and leaves out what leans further back', () => {
    // Behind each sync frame but the first stand two pictures that are shown before it.
    const open = stream();
    const ranks = Array.from({ length: 300 }, (_, packet) => {
      const inside = packet % GOP;
      if (packet < GOP || inside > 2) return packet;
      return inside === 0 ? packet + 2 : packet - 1;
    });
    const times = ranks.map((rank) => rank * 512);
    const flags = open.flags.map((flag, packet) =>
      packet > 0 && flag !== 0 ? PACKET.sync | PACKET.open : flag,
    );
    const index = { ...open, times, flags };
    const firstOf = (from: number) => findCopies(span(from, 150), FILM, index).runs[0];
    expect(firstOf(10)).toMatchObject({ startFrame: 1052, firstPacket: 62, openPacket: 60 });
    expect(firstOf(61)).toMatchObject({ startFrame: 1001, firstPacket: 62, openPacket: 60 });
    expect(firstOf(63)).toMatchObject({ startFrame: 1059, firstPacket: 122, openPacket: 120 });
    // Within a stretch nothing is left out, and it ends before a sync frame whose pictures are not whole.
    expect(runsOf(span(0, 122), index)).toEqual([[0, 120, 0]]);
    expect(runsOf(span(0, 123), index)).toEqual([[0, 123, 0]]);
    flags[60] = (flags[60] ?? 0) | PACKET.foreignSets;
    expect(firstOf(10)).toMatchObject({ startFrame: 1112, openPacket: 120 });
    // A picture that is shown before the sync frame and stands further back: no place to begin.
    times[63] = 61.5 * 512;
    times[62] = 63 * 512;
    flags[60] = PACKET.sync | PACKET.open;
    expect(firstOf(58)?.openPacket).not.toBe(60);
  });

  it('holds no picture that an edit list hides, and none twice', () => {
    const hidden = stream();
    for (let packet = 0; packet < 75; packet++)
      hidden.flags[packet] = (hidden.flags[packet] ?? 0) | PACKET.hidden;
    const moved = { ...hidden, startTick: 75 * 512 };
    expect(runsOf(span(0, 200), moved)).toEqual([[45, 200, 120]]);
    // After the last picture that is shown it goes on being shown, whatever else lies in the file.
    const ended = stream({
      flags: stream().flags.map((flag, packet) => (packet < 200 ? flag : flag | PACKET.hidden)),
    });
    expect(runsOf(span(60, 180), ended)).toEqual([[0, 140, 60]]);
  });

  it('stops before a sync frame that changes the parameters', () => {
    const changing = stream();
    changing.flags[180] = IDR | PACKET.foreignSets;
    expect(runsOf(span(10, 250), changing)).toEqual([[50, 170, 60]]);
  });

  it('goes around a picture that is missing', () => {
    const index = stream();
    const times = (index.times ?? []).map((time, packet) => (packet < 100 ? time : time + 512));
    expect(runsOf(span(60, 180), { ...index, times })).toEqual([
      [0, 40, 60],
      [61, 180, 120],
    ]);
  });

  it('is nothing of half a second or less, unless nothing else is left of the clip', () => {
    expect(runsOf(span(50, 24), stream())).toEqual([]);
    expect(runsOf(span(50, 25), stream())).toEqual([[10, 25, 60]]);
    expect(runsOf(span(60, 5), stream())).toEqual([[0, 5, 60]]);
  });

  it('is nothing of a stream of another or a varying rate', () => {
    const faster = stream({ times: (stream().times ?? []).map((time) => time / 2) });
    expect(runsOf(span(0, 100), faster)).toEqual([]);
    expect(whyOf(span(0, 100), faster)).toMatch(/frame rate/);
  });
});

describe('what is not copied', () => {
  const whole = span(0, 200);

  it.each<[string, Partial<PacketIndex>, RegExp]>([
    ['another codec', { codec: 'hevc' }, /It is hevc/],
    ['another size', { width: 1280, height: 720 }, /1280 × 720/],
    ['another profile', { profile: 'High 10' }, /High 10/],
    ['other pixels', { pixelFormat: 'yuv422p' }, /yuv422p/],
    ['fields', { fieldOrder: 'tt' }, /frames/],
    ['a turned picture', { rotation: 90 }, /turned/],
    ['pixels that are not square', { hasSquarePixels: false }, /square/],
    ['no times', { times: null }, /no times/],
    ['full range', { color: { ...stream().color, range: 'pc' } }, /colours/],
    ['BT.601', { color: { ...stream().color, matrix: 'smpte170m' } }, /colours/],
    ['BT.2020', { color: { ...stream().color, primaries: 'bt2020' } }, /colours/],
    ['a HDR curve', { color: { ...stream().color, transfer: 'arib-std-b67' } }, /colours/],
  ])('%s', (_, changes, why) => {
    expect(runsOf(whole, stream(changes))).toEqual([]);
    expect(whyOf(whole, stream(changes))).toMatch(why);
  });

  it('packets that show no picture of their own', () => {
    const index = stream();
    index.flags[7] = PACKET.uneven;
    expect(runsOf(whole, index)).toEqual([]);
    expect(whyOf(whole, index)).toMatch(/no picture of their own/);
  });

  it('a profile of another depth', () => {
    const film: FilmPicture = { ...FILM, codec: 'hevc', bitDepth: 10, pixelFormat: 'yuv420p10le' };
    const ten = { codec: 'hevc', profile: 'Main 10', pixelFormat: 'yuv420p10le' };
    expect(findCopies(whole, film, stream(ten)).runs).toHaveLength(1);
    expect(whyOf(whole, stream({ ...ten, profile: 'Main' }), film)).toMatch(/profile is Main/);
    const eight = { ...ten, profile: 'Main', pixelFormat: 'yuv420p' };
    expect(whyOf(whole, stream(eight), film)).toMatch(/yuv420p, /);
  });

  it('light of another range than the film’s', () => {
    const ten = { codec: 'hevc', profile: 'Main 10', pixelFormat: 'yuv420p10le' } as const;
    const film: FilmPicture = { ...FILM, ...ten, bitDepth: 10, dynamicRange: 'hlg' };
    const color = {
      ...{ primaries: 'bt2020', transfer: 'arib-std-b67', matrix: 'bt2020nc', range: 'tv' },
    };
    expect(findCopies(whole, film, stream({ ...ten, color })).runs).toHaveLength(1);
    const others = [
      { ...color, transfer: 'smpte2084' },
      { ...color, transfer: '' },
      { ...color, primaries: 'bt709' },
      { ...color, matrix: '' },
      { ...color, range: 'pc' },
    ];
    for (const other of others)
      expect(whyOf(whole, stream({ ...ten, color: other }), film)).toMatch(/colours/);
    const usual: FilmPicture = { ...film, dynamicRange: 'standard' };
    expect(whyOf(whole, stream({ ...ten, color }), usual)).toMatch(/colours/);
  });

  it('untagged standard definition, which is not BT.709', () => {
    const color = { primaries: '', transfer: 'unknown', matrix: '', range: '' };
    expect(runsOf(whole, stream({ color }))).toHaveLength(1);
    const film = { ...FILM, width: 640, height: 480 };
    expect(whyOf(whole, stream({ color, width: 640, height: 480 }), film)).toMatch(/colours/);
  });

  it.each<[string, Span, RegExp]>([
    ['a look', span(0, 200, { parameters: { opacity: 0.5 } }), /changed/],
    ['a fade', span(0, 200, { fades: { in: flicks(1), out: ZERO } }), /changed/],
    ['a blend', span(0, 200, { blend: 'screen' }), /changed/],
    [
      'another speed',
      span(0, 100, {
        range: {
          in: ZERO,
          out: flicks(FLICKS_PER_SECOND),
          retime: {
            kind: 'constant',
            duration: frameStart(100, RATE),
            speed: { num: 2, den: 1 },
          },
        },
      }),
      /speed/,
    ],
    ['nothing', { ...whole, layers: [] }, /black/],
    ['two pictures', { ...whole, layers: [...whole.layers, ...whole.layers] }, /over one another/],
  ])('%s', (_, one, why) => {
    expect(whyNotOneSource(one)).toMatch(why);
    expect(runsOf(one, stream())).toEqual([]);
    expect(whyOf(one, stream())).toMatch(why);
  });
});
