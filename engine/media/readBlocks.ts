import type { FileHandle } from 'node:fs/promises';

const BLOCK_BYTES = 1 << 20;

/**
 * A stretch of a file, block by block; the next block is read while one is looked at, in whose place that after it comes.
 * Blocks hold whole units of so many bytes. Ends early where the file does.
 */
export async function* readBlocks(
  file: FileHandle,
  { start, length, unitBytes }: { start: number; length: number; unitBytes: number },
): AsyncGenerator<Buffer> {
  const most = Math.max(1, Math.floor(BLOCK_BYTES / unitBytes)) * unitBytes;
  const read = async (into: Buffer, from: number) => {
    const wanted = Math.max(0, Math.min(most, length - from));
    const { bytesRead } = await file.read(into, 0, wanted, start + from);
    return into.subarray(0, bytesRead);
  };
  let [now, after] = [Buffer.allocUnsafeSlow(most), Buffer.allocUnsafeSlow(most)];
  let next = read(now, 0);
  try {
    for (let at = 0; at < length; ) {
      const block = await next;
      if (block.length === 0) return;
      at += block.length;
      [now, after] = [after, now];
      next = read(now, at);
      yield block;
    }
  } finally {
    // A file is closed when nothing is read from it any more.
    await Promise.allSettled([next]);
  }
}
