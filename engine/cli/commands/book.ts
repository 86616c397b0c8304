import { resolve } from 'node:path';
import { bookFormatSchema, bookResultSchema, trimSchema } from '#core/contract/books.ts';
import type { CallOutput } from '#core/contract/contract.ts';
import { RULES } from '#core/preflight/registry.ts';
import {
  choiceOption,
  type Command,
  type CommandContext,
  neededOption,
  textOption,
  unwrap,
  wrongUsage,
} from '../command.ts';
import { finishJob, formatSeconds, formatSize, lossLines, openProject } from './shared.ts';

const bookNew: Command = {
  name: 'book new',
  usage: 'FILE --title T',
  summary: 'Makes an empty book in a project.',
  options: {
    title: { type: 'string' },
    author: { type: 'string', multiple: true },
    language: { type: 'string' },
  },
  positionals: [1, 1],
  async run(context) {
    const { projectId } = await openProject(context, context.positionals[0] ?? '');
    const authors = context.options['author'];
    const metadata = {
      title: neededOption(context, 'title'),
      authors: Array.isArray(authors) ? authors.map(String) : [],
      language: textOption(context, 'language') ?? 'en',
      identifier: `urn:uuid:${crypto.randomUUID()}`,
    };
    const done = unwrap(
      await context.engine.call('project.edit', {
        projectId,
        commands: [{ type: 'book.create', metadata }],
      }),
    );
    const bookId = done.outcomes[0]?.['bookId'];
    return {
      json: { bookId, chapters: 0, words: 0, losses: [] },
      lines: [`Made book ${String(bookId)}`],
    };
  },
};

const bookImport: Command = {
  name: 'book import',
  usage: 'FILE SOURCE',
  summary: 'Reads a Markdown file or folder into a new book.',
  positionals: [2, 2],
  async run(context) {
    const [file = '', path = ''] = context.positionals;
    const { projectId } = await openProject(context, file);
    const book = unwrap(await context.engine.call('book.import', { projectId, path }));
    return {
      json: book,
      lines: [
        `Made book ${book.bookId}: ${book.chapters} chapters, ${book.words} words`,
        ...lossLines(book.losses),
      ],
    };
  },
};

const bookExport: Command = {
  name: 'book export',
  usage:
    'FILE --format epub|pdf|print|md --out PATH [--trim 6x9in] [--date ISO] [--report] [--force]',
  summary: 'Writes a book.',
  options: {
    format: { type: 'string' },
    out: { type: 'string' },
    book: { type: 'string' },
    trim: { type: 'string' },
    date: { type: 'string' },
    report: { type: 'boolean' },
    force: { type: 'boolean' },
  },
  positionals: [1, 1],
  async run(context) {
    const format =
      choiceOption(context, 'format', bookFormatSchema.options) ??
      wrongUsage('--format is needed.');
    const trim = choiceOption(context, 'trim', trimSchema.options);
    const date = textOption(context, 'date');
    const bookId = textOption(context, 'book');
    if (date !== undefined && Number.isNaN(Date.parse(date)))
      wrongUsage('--date takes an ISO 8601 moment, such as 2026-05-01T00:00:00Z.');
    const { projectId } = await openProject(context, context.positionals[0] ?? '');
    const { jobId } = unwrap(
      await context.engine.call('book.export', {
        projectId,
        format,
        output: neededOption(context, 'out'),
        force: context.options['force'] === true,
        report: context.options['report'] === true,
        ...(bookId === undefined ? {} : { bookId }),
        ...(trim === undefined ? {} : { trim }),
        ...(date === undefined ? {} : { date: new Date(date).toISOString() }),
      }),
    );
    const book = bookResultSchema.parse((await finishJob(context, jobId)).result);
    const pages = book.pages === undefined ? '' : `${book.pages} pages, `;
    return {
      json: book,
      lines: [
        `Wrote ${book.output}: ${pages}${book.words} words, ${formatSize(book.sizeBytes)} in ${formatSeconds(book.elapsedMs)}`,
        ...book.checks.map(
          (check) => `  ${check.ok ? 'ok' : 'wrong'}  ${check.name}: ${check.value}`,
        ),
        ...(book.report === undefined ? [] : [`Wrote ${book.report.html} and ${book.report.json}`]),
      ],
    };
  },
};

/** Places of one rule that are shown to a person; `--json` lists all. */
const SHOWN_PLACES = 5;

const bookCheck: Command = {
  name: 'book check',
  usage: 'FILE [--fix ID|all] [--text] [--book ID]',
  summary: 'Says what a shop, a reader or a printer would object to, and mends what it can.',
  options: {
    fix: { type: 'string', multiple: true },
    text: { type: 'boolean' },
    book: { type: 'string' },
  },
  positionals: [1, 1],
  async run(context) {
    const { projectId, project } = await openProject(context, context.positionals[0] ?? '');
    const named = textOption(context, 'book');
    const wanted = [context.options['fix'] ?? []].flat().map(String);
    const fixed =
      wanted.length === 0
        ? null
        : await mendBook(context, projectId, wanted, named ?? project.all('book')[0]?.id);
    const report = unwrap(
      await context.engine.call('book.check', {
        projectId,
        depth: context.options['text'] === true ? 'text' : 'all',
        mostPerRule: 100_000,
        ...(named !== undefined && { bookId: named }),
      }),
    );
    const mended = fixed === null ? [] : [`Mended ${fixed} ${fixed === 1 ? 'place' : 'places'}.`];
    return {
      json: { ...report, ...(fixed !== null && { fixed }) },
      lines: [...mended, ...findingLines(report)],
      failed: !report.ok,
    };
  },
};

/** Mends a book as one step of its history; gives the number of places. */
async function mendBook(
  context: CommandContext,
  projectId: string,
  wanted: string[],
  bookId: string | undefined,
): Promise<number> {
  if (bookId === undefined) return 0;
  const rules = wanted.includes('all') ? ('all' as const) : wanted;
  const { outcomes } = unwrap(
    await context.engine.call('project.edit', {
      projectId,
      commands: [{ type: 'book.mend', bookId, rules }],
    }),
  );
  return Number(outcomes[0]?.['places'] ?? 0);
}

function findingLines({ findings, counts, rules }: CallOutput<'book.check'>): string[] {
  if (findings.length === 0) return ['Nothing to mend.'];
  const shown = new Map<string, number>();
  const lines = findings.flatMap(({ id, severity, where, message, excerpt, canFix }) => {
    const before = shown.get(id) ?? 0;
    shown.set(id, before + 1);
    const all = rules[id] ?? 0;
    if (before === SHOWN_PLACES) return [`         and ${all - before} more of ${id}`];
    if (before > SHOWN_PLACES) return [];
    const found = excerpt === undefined ? '' : ` “${excerpt}”`;
    return [
      `${severity.padEnd(7)}  ${where}: ${message}${found} (${id}${canFix ? ', can be mended' : ''})`,
    ];
  });
  const { error, warning, info } = counts;
  return [...lines, `${error} must be fixed, ${warning} should be, ${info} are good to know.`];
}

const bookRules: Command = {
  name: 'book rules',
  usage: '',
  summary: 'Lists the rules of preflight that read the text.',
  positionals: [0, 0],
  run: async () => ({
    json: {
      rules: RULES.map(
        ({ id, severity, title, why, mend, languages, exceptLanguages, changesWords }) => ({
          id,
          severity,
          message: title,
          why,
          fix: mend,
          ...(languages && { languages }),
          ...(exceptLanguages && { exceptLanguages }),
          ...(changesWords && { changesWords }),
        }),
      ),
    },
    lines: RULES.map(({ id, severity, title }) => `${severity.padEnd(7)}  ${id}: ${title}`),
  }),
};

const bookVerify: Command = {
  name: 'book verify',
  usage: 'REPORT [FILE]',
  summary: 'Checks a finished book against its conformance report.',
  positionals: [1, 2],
  async run(context) {
    const [report = '', file] = context.positionals;
    const verified = unwrap(
      await context.engine.call('book.verify', {
        report: resolve(report),
        ...(file !== undefined && { file: resolve(file) }),
      }),
    );
    return {
      json: verified,
      lines: [
        `${verified.ok ? 'As its report says' : 'Not as its report says'}: ${verified.file}`,
        ...verified.checks.map(
          ({ name, ok, value }) => `  ${ok ? 'ok' : 'wrong'}  ${name}: ${value}`,
        ),
      ],
      failed: !verified.ok,
    };
  },
};

export const bookCommands = [bookNew, bookImport, bookExport, bookCheck, bookRules, bookVerify];
