import { expect, it } from 'vitest';
import { spreadOut } from './effort.ts';
import { checkMessages, messagesIn } from './messages.ts';

const SAID = [
  '[h264 @ 0x55f0] [error] error while decoding MB 3 4, bytestream -7',
  '[mov,mp4 @ 0x55f1] [warning] A strange edit list',
  '[warning] Guessed Channel Layout for Input Stream #0.1 : stereo',
  '[swscaler @ 0x1] [warning] deprecated pixel format used, make sure you did set range correctly',
  '[info] Stream mapping:',
].join('\n');

it('an error is a failure, in words without the tool’s own', () => {
  const messages = messagesIn(SAID);
  expect(messages).toHaveLength(2);
  expect(checkMessages('Picture decodes', messages, 'all')).toEqual({
    name: 'Picture decodes',
    ok: false,
    value: 'error while decoding MB 3 4, bytestream -7',
    level: 'failure',
  });
});

it('a warning alone is worth a look, and silence is well', () => {
  const warnings = messagesIn(SAID).filter(({ isError }) => !isError);
  expect(checkMessages('Reads through', warnings, 'all')).toMatchObject({
    ok: false,
    level: 'notice',
  });
  expect(checkMessages('Reads through', [], 'all')).toMatchObject({ ok: true, value: 'all' });
});

it('what is sampled is spread over the whole, however early it ends', () => {
  expect(spreadOut(8)).toEqual([0, 4, 2, 6, 1, 5, 3, 7]);
  expect([...spreadOut(11)].sort((a, b) => a - b)).toEqual([...Array(11).keys()]);
  expect(spreadOut(1)).toEqual([0]);
  expect(spreadOut(0)).toEqual([]);
});
