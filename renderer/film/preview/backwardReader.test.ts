import { describe, expect, it } from 'vitest';
import { BackwardReader } from './backwardReader.ts';

type Fake = { timestamp: number; isClosed: boolean; close(): void };

/** A film of `count` pictures at 30 per second, the first at `first` seconds. */
function film(count: number, first = 0) {
  const made: Fake[] = [];
  const begun: number[] = [];
  async function* stream(start: number): AsyncGenerator<Fake, void> {
    begun.push(start);
    const wanted = Math.floor((start - first) * 30 + 1e-9);
    const from = Math.max(0, Math.min(count - 1, wanted));
    for (let index = from; index < count; index++) {
      await Promise.resolve();
      const picture: Fake = {
        timestamp: first + index / 30,
        isClosed: false,
        close() {
          if (picture.isClosed) throw new Error('Closed twice');
          picture.isClosed = true;
        },
      };
      made.push(picture);
      yield picture;
    }
  }
  return { stream, begun, open: () => made.filter((picture) => !picture.isClosed) };
}

const numberOf = (picture: Fake | null) => Math.round((picture?.timestamp ?? -1) * 30);
const limitOf = (number: number) => (number + 0.5) / 30;

describe('showing a film backwards', () => {
  it('gives every picture from the last to the first, each open while it is shown', async () => {
    const { stream } = film(100);
    const reader = new BackwardReader(stream);
    for (let number = 99; number >= 0; number--) {
      const picture = await reader.read(limitOf(number));
      expect(numberOf(picture)).toBe(number);
      expect(picture?.isClosed).toBe(false);
    }
  });

  it('decodes stretches, not every picture anew, and keeps few of them', async () => {
    const { stream, begun, open } = film(300);
    const reader = new BackwardReader(stream);
    let most = 0;
    for (let number = 299; number >= 0; number--) {
      await reader.read(limitOf(number));
      most = Math.max(most, open().length);
    }
    expect(begun.length).toBeLessThan(25);
    expect(most).toBeLessThanOrEqual(75);
  });

  it('decodes ahead, so that the next stretch is there when it is needed', async () => {
    const reader = new BackwardReader(film(100).stream);
    await reader.read(limitOf(90));
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
    for (let number = 90; number >= 70; number--)
      expect(numberOf(reader.peek(limitOf(number)))).toBe(number);
  });

  it('gives nothing that is not certain while playing, and keeps the picture on the screen', async () => {
    const reader = new BackwardReader(film(300).stream);
    const shown = await reader.read(limitOf(250));
    expect(reader.peek(limitOf(20))).toBeNull();
    await reader.read(limitOf(20));
    expect(numberOf(reader.latest)).toBe(20);
    expect(shown?.isClosed).toBe(true);
  });

  it('holds the last picture behind the end and the first one before the beginning', async () => {
    const reader = new BackwardReader(film(10, 0.5).stream);
    expect((await reader.read(30))?.timestamp).toBeCloseTo(0.8, 9);
    expect((await reader.read(0.1))?.timestamp).toBe(0.5);
  });

  it('answers null for a film without pictures', async () => {
    expect(await new BackwardReader(film(0).stream).read(1)).toBeNull();
  });

  it('closes every picture it has decoded', async () => {
    const { stream, open } = film(100);
    const reader = new BackwardReader(stream);
    for (const number of [90, 60, 20, 80]) await reader.read(limitOf(number));
    reader.prepare(limitOf(10));
    reader.dispose();
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
    expect(open()).toEqual([]);
  });
});
