import { parentPort, workerData } from 'node:worker_threads';
import { type Fault, Refusal } from '#core/fault.ts';
import { systemFault } from '#engine/files/systemFault.ts';
import { type ReadSource, readSource } from './readSource.ts';

export type ImportOrder = { path: string; seed: string };
export type ImportMessage =
  | { kind: 'progress'; share: number; detail: string }
  | { kind: 'read'; read: ReadSource }
  | { kind: 'refused'; fault: Fault };

const { path, seed } = workerData as ImportOrder;
let count = 0;
const newId = () => `b${seed}-${++count}`;

function tell(message: ImportMessage): void {
  parentPort?.postMessage(message);
}

try {
  const read = await readSource(path, newId, (share, detail) =>
    tell({ kind: 'progress', share, detail }),
  );
  tell({ kind: 'read', read });
} catch (error) {
  const fault = error instanceof Refusal ? error.fault : systemFault(error, path);
  if (fault === null) throw error;
  tell({ kind: 'refused', fault });
}
