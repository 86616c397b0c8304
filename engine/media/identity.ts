import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const SAMPLE_BYTES = 1 << 20;

/**
 * What a file is, wherever it lies: its size and the SHA-256 over its size and its first, middle and last MiB.
 * Reading three places keeps it quick for files of any size; two recordings that agree in all of them are the same.
 */
export async function identify(path: string): Promise<{ sizeBytes: number; hash: string }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const hash = createHash('sha256').update(String(size));
    const starts = [0, Math.floor((size - SAMPLE_BYTES) / 2), size - SAMPLE_BYTES].map((start) =>
      Math.max(0, start),
    );
    const buffer = Buffer.alloc(SAMPLE_BYTES);
    for (const start of new Set(starts)) {
      const { bytesRead } = await file.read(buffer, 0, SAMPLE_BYTES, start);
      hash.update(buffer.subarray(0, bytesRead));
    }
    return { sizeBytes: size, hash: `partial-sha256:${hash.digest('hex')}` };
  } finally {
    await file.close();
  }
}
