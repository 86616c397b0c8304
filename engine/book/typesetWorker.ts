import { parentPort, workerData } from 'node:worker_threads';
import { type TypesetJob, typesetPageStarts, typesetPages, typesetPdf } from './typesetter.ts';

export type TypesetOrder = { make: 'pdf' | 'pages' | 'pageStarts'; job: TypesetJob };

const { make, job } = workerData as TypesetOrder;
const MAKERS = { pdf: typesetPdf, pages: typesetPages, pageStarts: typesetPageStarts };
parentPort?.postMessage(await MAKERS[make](job));
