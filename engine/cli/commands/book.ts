import { meterSentence } from '#core/book/import/lossMeter.ts';
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
    'FILE --format epub|pdf|print|cover|docx|html|md|m4b|mp3|mp3-chapters|epub-read-along --out PATH [--trim 6x9in] [--date ISO] [--report] [--force] [--page-numbers] [--print-isbn ISBN] [--vertical] [--font times|courier] [--emphasis italic|underline] [--keep-pictures] [--voice NAME]',
  summary: 'Writes a book, or reads it aloud into an audiobook or an EPUB with sound.',
  options: {
    format: { type: 'string' },
    out: { type: 'string' },
    book: { type: 'string' },
    trim: { type: 'string' },
    date: { type: 'string' },
    voice: { type: 'string' },
    report: { type: 'boolean' },
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
        report: context.options['report'] === true,
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

/** `9:05:07`. */
function formatLength(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${Math.floor(whole / 3_600)}:${two((whole / 60) % 60)}:${two(whole % 60)}`;
}

export const bookCommands = [
  bookNew,
  bookImport,
  bookExport,
  bookCheck,
  bookVoices,
  bookRules,
  bookVerify,
];
