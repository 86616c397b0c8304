import { expect, test } from 'vitest';
import { videoStreamOf } from './facts.ts';
import { factsFromFfprobe } from './fromFfprobe.ts';

const MP4 = 'mov,mp4,m4a,3gp,3g2,mj2';
const steady = { r_frame_rate: '30/1', avg_frame_rate: '30/1', nb_frames: '300' };

test.each([
  ['a movie whose table counts pictures of one length', MP4, steady, true],
  ['a movie with a pause', MP4, { ...steady, avg_frame_rate: '451/20' }, undefined],
  ['a movie in fragments', MP4, { ...steady, nb_frames: undefined }, undefined],
  ['Matroska, of which only the beginning was read', 'matroska,webm', steady, undefined],
  [
    'a movie without a rate',
    MP4,
    { ...steady, r_frame_rate: '0/0', avg_frame_rate: '0/0' },
    undefined,
  ],
])('%s is known to be steady or not', (_, format_name, rates, isSteady) => {
  const stream = { index: 0, codec_type: 'video', codec_name: 'h264', width: 640, height: 360 };
  const facts = factsFromFfprobe({
    format: { format_name, duration: '10' },
    streams: [{ ...stream, ...rates }],
  });
  expect(videoStreamOf(facts)?.isSteady).toBe(isSteady);
});
