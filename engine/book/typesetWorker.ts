import { parentPort, workerData } from 'node:worker_threads';
import { type TypesetJob, typesetPages, typesetPdf } from './typesetter.ts';

export type TypesetOrder = { make: 'pdf' | 'pages'; job: TypesetJob };

const { make, job } = workerData as TypesetOrder;
parentPort?.postMessage(await (make === 'pdf' ? typesetPdf(job) : typesetPages(job)));
