import { readFile } from 'node:fs/promises';
import type { Finding } from '#core/preflight/check.ts';
import type { BookCheck } from '#engine/book/bookCheck.ts';
import type { BookFormat } from '#engine/book/exportBook.ts';
import { type CheckBookInput, checkBook } from './checkBook.ts';
import { checkEpub } from './checkEpub.ts';
import { failures } from './checkPrint.ts';

/** What there is to say about a finished file and the manuscript it was made from. */
export async function checkFinished(
  input: CheckBookInput,
  output: string,
  format: BookFormat,
  checks: readonly BookCheck[],
): Promise<Finding[]> {
  const text = await checkBook({ ...input, depth: 'text' });
  if (format === 'epub') return [...(await checkEpub(await readFile(output))), ...text];
  return format === 'pdf' || format === 'print' ? [...failures(checks), ...text] : text;
}
