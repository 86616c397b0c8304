import { bookFormatSchema, bookResultSchema, trimSchema } from '#core/contract/books.ts';
import {
  choiceOption,
  type Command,
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
  usage: 'FILE --format epub|pdf|print|cover|md --out PATH [--trim 6x9in] [--date ISO] [--force]',
  summary: 'Writes a book.',
  options: {
    format: { type: 'string' },
    out: { type: 'string' },
    book: { type: 'string' },
    trim: { type: 'string' },
    date: { type: 'string' },
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
      ],
    };
  },
};

const bookCheck: Command = {
  name: 'book check',
  usage: 'FILE',
  summary: 'Says what a shop, a reader or a printer would object to.',
  positionals: [1, 1],
  async run(context) {
    const { projectId } = await openProject(context, context.positionals[0] ?? '');
    const report = unwrap(await context.engine.call('book.check', { projectId }));
    const lines =
      report.findings.length === 0
        ? ['Nothing to object to.']
        : report.findings.map(
            (finding) =>
              `${finding.severity.padEnd(7)}  ${finding.where}: ${finding.message} (${finding.id})`,
          );
    return { json: report, lines, failed: !report.ok };
  },
};

export const bookCommands = [bookNew, bookImport, bookExport, bookCheck];
