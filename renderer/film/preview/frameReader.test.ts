import { describe, expect, it } from 'vitest';
import { FrameReader } from './frameReader.ts';

type Fake = { timestamp: number; isClosed: boolean; close(): void };

/** A film of `count` pictures at 10 per second that counts how often decoding began, and what is open. */
function film(count = 100) {
  const made: Fake[] = [];
  const begun: number[] = [];
  async function* stream(start: number): AsyncGenerator<Fake, void> {
    begun.push(start);
    const first = Math.min(count - 1, Math.max(0, Math.floor(start * 10 + 1e-9)));
    for (let index = first; index < count; index++) {
      await Promise.resolve();
      const picture: Fake = {
        timestamp: index / 10,
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

describe('reading pictures of a film', () => {
  it('gives the last one that starts before the limit', async () => {
    const reader = new FrameReader(film().stream);
    for (const [limit, expected] of [
      [0.05, 0],
      [0.35, 0.3],
      [0.75, 0.7],
      [0.75, 0.7],
      [8.05, 8],
      [2.95, 2.9],
    ] as const) {
      expect((await reader.read(limit))?.timestamp).toBe(expected);
    }
  });

  it('reads on for a short way and begins again for a long one or backwards', async () => {
    const { stream, begun } = film();
    const reader = new FrameReader(stream);
    for (const limit of [0.05, 0.15, 0.95, 5.05, 5.15, 3.05]) await reader.read(limit);
    expect(begun).toEqual([0.05, 5.05, 3.05]);
  });

  it('holds the last picture behind the end', async () => {
    const reader = new FrameReader(film(10).stream);
    expect((await reader.read(30))?.timestamp).toBe(0.9);
  });

  it('gives only pictures that are certain while playing', async () => {
    const reader = new FrameReader(film().stream);
    reader.prepare(0.05);
    expect(reader.peek(0.05)).toBeNull();
    await reader.read(0.05);
    reader.prepare(0.15);
    for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
    expect(reader.peek(0.15)?.timestamp).toBe(0.1);
    expect(reader.peek(0.25)?.timestamp).toBe(0.2);
  });

  it('shows the first picture of a film that begins late, while playing too', async () => {
    const late = film(10);
    async function* stream() {
      for await (const picture of late.stream(0)) {
        picture.timestamp += 1;
        yield picture;
      }
    }
    const reader = new FrameReader(stream);
    expect((await reader.read(0.25))?.timestamp).toBe(1);
    reader.prepare(0.35);
    expect(reader.peek(0.35)?.timestamp).toBe(1);
    expect(late.begun).toEqual([0]);
  });

  it('answers null to a read that was overtaken by another', async () => {
    const reader = new FrameReader(film().stream);
    const slow = reader.read(1.05);
    const fast = reader.read(7.05);
    expect(await slow).toBeNull();
    expect((await fast)?.timestamp).toBe(7);
  });

  it('closes every picture it has decoded', async () => {
    const { stream, open } = film();
    const reader = new FrameReader(stream);
    for (const limit of [0.05, 4.05, 4.95, 1.05]) await reader.read(limit);
    expect(open().length).toBeLessThanOrEqual(3);
    reader.prepare(9.05);
    reader.dispose();
    for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
    expect(open()).toEqual([]);
  });

  it('treats a file that breaks off as ended', async () => {
    async function* broken(): AsyncGenerator<Fake, void> {
      yield { timestamp: 0, isClosed: false, close: () => undefined };
      await Promise.reject(new Error('damaged'));
    }
    const reader = new FrameReader(broken);
    expect((await reader.read(5))?.timestamp).toBe(0);
  });
});
