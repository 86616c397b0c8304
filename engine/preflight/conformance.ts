import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { z } from 'zod';
import { xmlText } from '#core/book/xml.ts';
import type { Finding } from '#core/preflight/check.ts';
import type { Ignored } from '#core/preflight/ignored.ts';
import { RULES } from '#core/preflight/registry.ts';
import { refuse } from '#core/fault.ts';
import { readFonts } from '#engine/book/inspectPdf.ts';
import { writeOutput } from '#engine/files/outputFile.ts';
import { checkEpub } from './checkEpub.ts';
import { reportPaths } from './reportPaths.ts';

const severitySchema = z.enum(['error', 'warning', 'info']);

/** What a conformance report says, as JSON. A later form gets another number in `report`. */
const reportSchema = z.object({
  report: z.literal(1),
  book: z.object({ title: z.string(), language: z.string(), identifier: z.string() }),
  file: z.object({
    name: z.string(),
    format: z.enum(['epub', 'pdf', 'print', 'cover', 'docx', 'html', 'md']),
    bytes: z.int(),
    sha256: z.string(),
    pages: z.int().optional(),
    words: z.int(),
  }),
  /** The moment that the file states as its making. */
  date: z.string(),
  /** SHA-256 of the manuscript as JSON: whether two files were made from the same words. */
  manuscriptSha256: z.string(),
  versions: z.record(z.string(), z.string()),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), value: z.string() })),
  ok: z.boolean(),
  counts: z.object({ error: z.int(), warning: z.int(), info: z.int() }),
  findings: z.array(
    z.object({
      id: z.string(),
      severity: severitySchema,
      where: z.string(),
      message: z.string(),
      why: z.string(),
      fix: z.string(),
      excerpt: z.string().optional(),
      note: z.string().optional(),
    }),
  ),
  ignored: z.object({ rules: z.array(z.string()), places: z.int() }),
  rules: z.array(z.string()),
  again: z.object({ make: z.string(), verify: z.string() }),
});
export type ConformanceReport = z.infer<typeof reportSchema>;

/** More findings than these say no more; the counts hold all of them. */
const MAX_FINDINGS = 2_000;

export type ReportInput = {
  /** The finished file. */
  output: string;
  format: ConformanceReport['file']['format'];
  book: ConformanceReport['book'];
  manuscript: unknown;
  words: number;
  pages?: number | undefined;
  date: string;
  trim: string;
  projectPath: string;
  appVersion: string;
  checks: ConformanceReport['checks'];
  findings: readonly Finding[];
  ignored: Ignored;
};

/** Writes the conformance report of a finished book beside it, for programs and for people. */
export async function writeReport(
  input: ReportInput,
  force: boolean,
): Promise<{ json: string; html: string }> {
  const paths = reportPaths(input.output);
  const report = await makeReport(input);
  await writeOutput(paths.json, { force }, (path) =>
    writeFile(path, `${JSON.stringify(report, null, 2)}\n`),
  );
  await writeOutput(paths.html, { force }, (path) => writeFile(path, reportPage(report)));
  return paths;
}

async function makeReport(input: ReportInput): Promise<ConformanceReport> {
  const bytes = await readFile(input.output);
  const { findings, format, date } = input;
  const count = (severity: Finding['severity']) =>
    findings.filter((finding) => finding.severity === severity).length;
  const name = basename(input.output);
  const trim = format === 'pdf' || format === 'print' ? ` --trim ${input.trim}` : '';
  return {
    report: 1,
    book: {
      title: input.book.title,
      language: input.book.language,
      identifier: input.book.identifier,
    },
    file: {
      name,
      format,
      bytes: bytes.length,
      sha256: sha256(bytes),
      words: input.words,
      ...(input.pages !== undefined && { pages: input.pages }),
    },
    date,
    manuscriptSha256: sha256(JSON.stringify(input.manuscript)),
    versions: {
      inkreel: input.appVersion,
      node: process.versions.node,
      'epubcheck-ts': packageVersion('@likecoin/epubcheck-ts'),
      typst: packageVersion('@myriaddreamin/typst-ts-node-compiler'),
    },
    checks: input.checks,
    ok: count('error') === 0 && input.checks.every(({ ok }) => ok),
    counts: { error: count('error'), warning: count('warning'), info: count('info') },
    findings: findings
      .slice(0, MAX_FINDINGS)
      .map(({ id, severity, where, message, why, fix, excerpt, note }) => ({
        id,
        severity,
        where,
        message,
        why,
        fix,
        ...(excerpt !== undefined && { excerpt }),
        ...(note !== undefined && { note }),
      })),
    ignored: { rules: input.ignored.rules, places: input.ignored.places.length },
    rules: RULES.map(({ id }) => id),
    again: {
      make: `inkreel book export ${quoted(basename(input.projectPath))} --format ${format}${trim} --date ${date} --out ${quoted(name)} --report`,
      verify: `inkreel book verify ${quoted(`${name}.report.json`)}`,
    },
  };
}

export type VerifiedReport = {
  ok: boolean;
  file: string;
  checks: { name: string; ok: boolean; value: string }[];
};

/**
 * Does again what a report says of a file, without the project it was made from: whether it is the same file to the
 * byte, and whether it still passes the checks that need nothing but the file. Refuses `preflight/bad-report`,
 * `preflight/no-file`.
 */
export async function verifyReport(path: string, file?: string): Promise<VerifiedReport> {
  const report = await readReport(path);
  const target = resolve(file ?? join(dirname(resolve(path)), report.file.name));
  const bytes = await readFile(target).catch(() =>
    refuse(
      'preflight/no-file',
      `The file “${basename(target)}” that the report is about was not found. Put it beside the report, or name it.`,
      { path: target },
    ),
  );
  const checks = [
    {
      name: 'same-file',
      ok: sha256(bytes) === report.file.sha256,
      value: `sha256 ${sha256(bytes)}`,
    },
    ...(await fileChecks(bytes, report)),
  ];
  return { ok: checks.every(({ ok }) => ok), file: target, checks };
}

async function fileChecks(
  bytes: Buffer,
  report: ConformanceReport,
): Promise<VerifiedReport['checks']> {
  const { format, pages } = report.file;
  if (format === 'md') return [];
  if (format === 'epub') {
    const ids = (findings: readonly Pick<Finding, 'id' | 'severity'>[]) =>
      findings
        .filter(({ id, severity }) => severity !== 'info' && /^(?:epub|store)\//u.test(id))
        .map(({ id }) => id);
    const now = ids(
      await checkEpub(bytes).catch(() => [{ id: 'epub/unreadable', severity: 'error' as const }]),
    );
    const fresh = now.filter((id) => !ids(report.findings).includes(id));
    return [{ name: 'epub', ok: fresh.length === 0, value: fresh.join(', ') || 'no new messages' }];
  }
  const document = await PDFDocument.load(bytes, { updateMetadata: false }).catch(() => null);
  if (document === null) return [{ name: 'pdf', ok: false, value: 'cannot be read' }];
  const fonts = readFonts(document);
  return [
    {
      name: 'pages',
      ok: document.getPageCount() === pages,
      value: String(document.getPageCount()),
    },
    {
      name: 'fonts-embedded',
      ok: fonts.count > 0 && fonts.unembedded.length === 0,
      value: fonts.unembedded.join(', ') || String(fonts.count),
    },
  ];
}

async function readReport(path: string): Promise<ConformanceReport> {
  const text = await readFile(path, 'utf8').catch(() =>
    refuse(
      'preflight/no-file',
      `There is no report at “${path}”. Name the .report.json file that was written beside the book.`,
      { path },
    ),
  );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  const parsed = reportSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  return refuse(
    'preflight/bad-report',
    `“${basename(path)}” is not a conformance report of Inkreel. Name the .report.json file that was written beside the book.`,
    { path },
  );
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** The version of a package that is installed here. */
function packageVersion(name: string): string {
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    try {
      const text = readFileSync(join(folder, name, 'package.json'), 'utf8');
      return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
    } catch {
      continue;
    }
  }
  return 'unknown';
}

const quoted = (name: string) =>
  /^[\w./-]+$/u.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;

const WORDS = { error: 'Must be fixed', warning: 'Should be fixed', info: 'Good to know' };

/** The report as a page that needs nothing else. */
function reportPage(report: ConformanceReport): string {
  const { book, file, checks, findings, counts, versions, again } = report;
  const row = (...cells: string[]) =>
    `<tr>${cells.map((cell) => `<td>${xmlText(cell)}</td>`).join('')}</tr>`;
  const groups = (['error', 'warning', 'info'] as const).map((severity) => {
    const own = findings.filter((finding) => finding.severity === severity);
    const items = own.map(
      ({ id, where, message, why, fix, excerpt, note }) =>
        `<li><b>${xmlText(message)}</b> <code>${xmlText(id)}</code><br>${xmlText(where)}${excerpt === undefined ? '' : `: <q>${xmlText(excerpt)}</q>`}${note === undefined ? '' : `<br>${xmlText(note)}`}<br><span>${xmlText(why)} ${xmlText(fix)}</span></li>`,
    );
    return own.length === 0
      ? ''
      : `<h2>${WORDS[severity]} (${counts[severity]})</h2><ul>${items.join('\n')}</ul>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Conformance of ${xmlText(book.title)}</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem; line-height: 1.25 } h2 { font-size: 1.1rem; margin-top: 2rem }
table { border-collapse: collapse; width: 100% } td { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: .3rem .5rem .3rem 0; vertical-align: top; overflow-wrap: anywhere }
td:first-child { width: 11rem } code { font-size: .85em; overflow-wrap: anywhere } li { margin: .6rem 0 } li span { opacity: .8 }
.state { font-weight: 600 }
</style>
</head>
<body>
<h1>Conformance of “${xmlText(book.title)}”</h1>
<p class="state">${report.ok ? 'Nothing in this file has to be fixed.' : 'This file has faults that have to be fixed.'}</p>
<table>
${row('File', `${file.name} (${file.format})`)}
${row('SHA-256', file.sha256)}
${row('Size', `${file.bytes} bytes, ${file.words} words${file.pages === undefined ? '' : `, ${file.pages} pages`}`)}
${row('Identifier', book.identifier)}
${row('Language', book.language)}
${row('Date in the file', report.date)}
${row(
  'Made and checked with',
  Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', '),
)}
${row('Rules', `${report.rules.length}, of which ${report.ignored.rules.length} and ${report.ignored.places} places are ignored in this book`)}
</table>
<h2>Checks of the file</h2>
<table>
${checks.map(({ name, ok, value }) => row(name, ok ? 'as it should be' : 'wrong', value)).join('\n')}
</table>
${groups.join('\n')}
<h2>Do it again</h2>
<p>Anyone who has the file can check it against this report:</p>
<p><code>${xmlText(again.verify)}</code></p>
<p>Who has the project can make it again, to the same bytes:</p>
<p><code>${xmlText(again.make)}</code></p>
</body>
</html>
`;
}
