import type { AnyCommand } from '#core/edits/applyEdit.ts';
import { rate } from '#core/time/rate.ts';

const TIMELINE_ID = 'sample-film';
const MUSIC_TRACK_ID = 'sample-music';
const FORMAT = { frameRate: rate(30), width: 1280, height: 720, sampleRateHz: 48_000 };

/** Shots in order, with the frames of the source that are used. Each keeps spare frames for a dissolve. */
const SHOTS = [
  { name: 'lighthouse.mp4', in: 0, out: 135 },
  { name: 'sea.mp4', in: 15, out: 120 },
  { name: 'ink.mp4', in: 15, out: 135 },
  { name: 'reel.mp4', in: 15, out: 120 },
  { name: 'dawn.mp4', in: 15, out: 180 },
];
const FILM_FRAMES = SHOTS.reduce((sum, shot) => sum + shot.out - shot.in, 0);

const CAPTIONS = [
  { at: 162, duration: 72, text: 'The lamp was lit before anyone was awake to see it.' },
  { at: 252, duration: 66, text: 'She wrote down what the water said,' },
  { at: 370, duration: 78, text: 'and the pages learned to move.' },
];

/**
 * The edits that make the sample film, one list an edit, so that its history can be walked through.
 * `assetId` gives the asset of a media file by name.
 */
export function sampleFilm(assetId: (name: string) => string): AnyCommand[][] {
  const frames = (count: number) => `${count}f`;
  const clipIds = (name: string) => [
    `shot-${name.replace('.mp4', '')}`,
    `sound-${name.replace('.mp4', '')}`,
  ];
  const dissolveInto = (name: string) => ({
    type: 'transition.add',
    clipId: clipIds(name)[0],
    edge: 'head',
    duration: frames(30),
  });
  return [
    [{ type: 'timeline.create', name: 'Harbour light', format: FORMAT, timelineId: TIMELINE_ID }],
    SHOTS.map((shot) => ({
      type: 'clip.append',
      timelineId: TIMELINE_ID,
      assetId: assetId(shot.name),
      in: frames(shot.in),
      out: frames(shot.out),
      clipIds: clipIds(shot.name),
    })),
    [dissolveInto('sea.mp4')],
    [dissolveInto('dawn.mp4')],
    [
      {
        type: 'track.add',
        timelineId: TIMELINE_ID,
        trackKind: 'audio',
        name: 'Music',
        trackId: MUSIC_TRACK_ID,
      },
      {
        type: 'clip.overwrite',
        timelineId: TIMELINE_ID,
        assetId: assetId('music.m4a'),
        audioTrackId: MUSIC_TRACK_ID,
        at: 0,
        out: frames(FILM_FRAMES),
        clipIds: ['music'],
      },
      { type: 'clip.setGain', clipId: 'music', gainDb: -9 },
    ],
    [
      {
        type: 'title.add',
        timelineId: TIMELINE_ID,
        at: frames(24),
        duration: frames(96),
        template: 'title',
        fields: { title: 'Harbour light', subtitle: 'A film and a book', align: 'start' },
      },
      {
        type: 'title.add',
        timelineId: TIMELINE_ID,
        at: frames(495),
        duration: frames(105),
        template: 'lowerThird',
        fields: { name: 'Made with Inkreel', role: 'Cut here, written here' },
      },
    ],
    CAPTIONS.map((caption) => ({
      type: 'caption.add',
      timelineId: TIMELINE_ID,
      at: frames(caption.at),
      duration: frames(caption.duration),
      text: caption.text,
    })),
  ];
}
