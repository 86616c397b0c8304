import { parentPort, workerData } from 'node:worker_threads';
import { type TextBookOrder, textBook } from './textBook.ts';

const made = textBook(workerData as TextBookOrder);
parentPort?.postMessage(made);
