import { meterSentence } from '#core/book/import/lossMeter.ts';
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
  summary: 'Reads EPUB, Word, Markdown (a file or folder), HTML or plain text into a new book.',
  positionals: [2, 2],
  async run(context) {
    const [file = '', path = ''] = context.positionals;
    const { projectId } = await openProject(context, file);
    const book = unwrap(await context.engine.call('book.import', { projectId, path }));
    return {
      json: book,
      lines: [
        `Made book ${book.bookId}: ${book.chapters} chapters, ${book.words} words`,
        `Carried over: ${meterSentence(book.meter)}`,
        ...lossLines(book.losses),
      ],
    };
  },
};

const bookExport: Command = {
  name: 'book export',
  usage:
    'FILE --format epub|pdf|print|docx|html|md|m4b|mp3|mp3-chapters|epub-read-along --out PATH [--trim 6x9in] [--date ISO] [--force] [--page-numbers] [--print-isbn ISBN] [--vertical] [--font times|courier] [--emphasis italic|underline] [--keep-pictures] [--voice NAME]',
  summary: 'Writes a book, or reads it aloud into an audiobook or an EPUB with sound.',
  options: {
    format: { type: 'string' },
    out: { type: 'string' },
    book: { type: 'string' },
    trim: { type: 'string' },
    date: { type: 'string' },
    voice: { type: 'string' },
    force: { type: 'boolean' },
    'page-numbers': { type: 'boolean' },
    'print-isbn': { type: 'string' },
    vertical: { type: 'boolean' },
    font: { type: 'string' },
    emphasis: { type: 'string' },
    'keep-pictures': { type: 'boolean' },
  },
  positionals: [1, 1],
  async run(context) {
    const format =
      choiceOption(context, 'format', bookFormatSchema.options) ??
      wrongUsage('--format is needed.');
    const trim = choiceOption(context, 'trim', trimSchema.options);
    const date = textOption(context, 'date');
    const bookId = textOption(context, 'book');
    const voice = textOption(context, 'voice');
    const printIsbn = textOption(context, 'print-isbn');
    const font = choiceOption(context, 'font', ['times', 'courier'] as const);
    const emphasis = choiceOption(context, 'emphasis', ['italic', 'underline'] as const);
    if (date !== undefined && Number.isNaN(Date.parse(date)))
      wrongUsage('--date takes an ISO 8601 moment, such as 2026-05-01T00:00:00Z.');
    const { projectId } = await openProject(context, context.positionals[0] ?? '');
    const { jobId } = unwrap(
      await context.engine.call('book.export', {
        projectId,
        format,
        output: neededOption(context, 'out'),
        force: context.options['force'] === true,
        epub: {
          pageNumbers: context.options['page-numbers'] === true || printIsbn !== undefined,
          vertical: context.options['vertical'] === true,
          ...(printIsbn === undefined ? {} : { printIsbn }),
        },
        docx: {
          ...(font === undefined ? {} : { font }),
          ...(emphasis === undefined ? {} : { emphasis }),
        },
        fitPictures: context.options['keep-pictures'] !== true,
        ...(bookId === undefined ? {} : { bookId }),
        ...(trim === undefined ? {} : { trim }),
        ...(voice === undefined ? {} : { voice }),
        ...(date === undefined ? {} : { date: new Date(date).toISOString() }),
      }),
    );
    const book = bookResultSchema.parse((await finishJob(context, jobId)).result);
    const pages = book.pages === undefined ? '' : `${book.pages} pages, `;
    const { durationSeconds, sentences = 0, newlySpoken = 0 } = book;
    const spoken =
      durationSeconds === undefined
        ? ''
        : `${formatLength(durationSeconds)}, ${sentences} sentences (${newlySpoken} spoken now), `;
    return {
      json: book,
      lines: [
        `Wrote ${book.output}: ${pages}${spoken}${book.words} words, ${formatSize(book.sizeBytes)} in ${formatSeconds(book.elapsedMs)}`,
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

const bookVoices: Command = {
  name: 'book voices',
  usage: '[--language TAG]',
  summary: 'Lists the voices that can read a book aloud here.',
  options: { language: { type: 'string' } },
  positionals: [0, 0],
  async run(context) {
    const language = textOption(context, 'language');
    const found = unwrap(
      await context.engine.call('narration.voices', language === undefined ? {} : { language }),
    );
    const hints = found.engines.map((engine) => engine.hint).filter((hint) => hint !== '');
    return {
      json: found,
      lines: [
        ...found.voices.map(({ id, name, language: speaks }) => `${id}  ${speaks}  ${name}`),
        ...(found.voices.length === 0 ? ['There is no voice here.', ...hints] : []),
      ],
    };
  },
};

/** `9:05:07`. */
function formatLength(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${Math.floor(whole / 3_600)}:${two((whole / 60) % 60)}:${two(whole % 60)}`;
}

export const bookCommands = [bookNew, bookImport, bookExport, bookCheck, bookVoices];
