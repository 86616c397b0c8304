import { open } from 'node:fs/promises';
import { Cancelled } from '../../process/run.ts';
import { writeBytes } from '../../process/writeBytes.ts';
import { BYTES_PER_FRAME } from './rawSound.ts';

const BLOCK_FRAMES = 65_536;

/**
 * Raw sound in a file that is still being made, for who can begin with its beginning: what is ready is passed on, the
 * rest is waited for.
 */
export class GrowingSound {
  readonly #path: string;
  readonly #frames: number;
  #ready = 0;
  readonly #waiting = new Set<() => void>();

  /** `frames`: how many it will have. The file need not be there until the first of them are ready. */
  constructor(path: string, frames: number) {
    this.#path = path;
    this.#frames = frames;
  }

  /** Tells that the first `frames` will not change any more. */
  tellReady(frames: number): void {
    this.#ready = Math.max(this.#ready, Math.min(frames, this.#frames));
    this.#wake();
  }

  /** Resolves when the first `frames` will not change any more. Rejects with `Cancelled` when the work is stopped. */
  async untilReady(frames: number, signal: AbortSignal): Promise<void> {
    const wake = () => this.#wake();
    signal.addEventListener('abort', wake, { once: true });
    await this.#untilMoreThan(Math.min(frames, this.#frames) - 1, () => !signal.aborted);
    signal.removeEventListener('abort', wake);
    if (signal.aborted) throw new Cancelled();
  }

  /** Writes all of it to a child’s standard input; ends early when that is closed or the work is stopped. */
  async feed(stdin: NodeJS.WritableStream, signal: AbortSignal): Promise<void> {
    const isWanted = () => !signal.aborted && stdin.writable;
    stdin.once('close', () => this.#wake());
    signal.addEventListener('abort', () => this.#wake(), { once: true });
    await this.#untilMoreThan(0, isWanted);
    if (!isWanted()) return;
    const file = await open(this.#path, 'r');
    try {
      for (let sent = 0; sent < this.#frames && isWanted(); ) {
        await this.#untilMoreThan(sent, isWanted);
        const frames = Math.min(this.#ready - sent, BLOCK_FRAMES);
        const block = Buffer.alloc(frames * BYTES_PER_FRAME);
        const { bytesRead } = await file.read(block, 0, block.length, sent * BYTES_PER_FRAME);
        if (bytesRead < block.length) throw new Error('Mixed sound ends before it should');
        await writeBytes(stdin, block);
        sent += frames;
      }
    } finally {
      await file.close();
    }
  }

  async #untilMoreThan(frames: number, isWanted: () => boolean): Promise<void> {
    while (this.#ready <= frames && frames < this.#frames && isWanted()) {
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
    }
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }
}
