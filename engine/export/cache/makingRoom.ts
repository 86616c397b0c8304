import { Refusal } from '#core/fault.ts';
import type { PieceStore } from './pieceStore.ts';

/** Room that is made at a time where the disk is full and the cache could yield. */
const ROOM_BYTES = 1e9;

/** Does work again for as long as a full disk hinders it and the cache has something to give up. */
export async function makingRoom(store: PieceStore, work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      const isFull = error instanceof Refusal && error.fault.code === 'file/disk-full';
      if (!isFull || (await store.free(ROOM_BYTES)) === 0) throw error;
    }
  }
}
