import { resolve } from 'node:path';

/** Where the two files of a report stand: beside the book, named after it. */
export function reportPaths(output: string): { json: string; html: string } {
  return { json: `${resolve(output)}.report.json`, html: `${resolve(output)}.report.html` };
}
