import { randomUUID } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { buildEpub } from '#core/book/epub/buildEpub.ts';
import type { OpenBook } from '#core/contract/reading.ts';
import { Refusal, refuse } from '#core/fault.ts';
import { annotationSet, readAnnotationSet } from '#core/reading/annotationSet.ts';
import { findBookId, manuscriptOf, picturesOf } from '../book/projectBook.ts';
import { zipFiles } from '../book/zipFiles.ts';
import { writeOutput } from '../files/outputFile.ts';
import { systemFault } from '../files/systemFault.ts';
import { bookRoot } from '../reading/bookResponse.ts';
import type { ReadingSession } from '../reading/readingRoom.ts';
import type { Services } from '../services.ts';
import type { HandlersOf } from './handlers.ts';

const MOST_ANNOTATION_BYTES = 64 * 1024 * 1024;
const RECENT_BOOKS = 24;

export function readingHandlers(services: Services): HandlersOf<'reading'> {
  const { reading } = services;
  const { store } = reading;
  return {
    'reading.open': async (input) => {
      const session = await reading.open(
        'path' in input
          ? { path: resolve(input.path) }
          : await projectEpub(services, input.projectId, input.bookId),
      );
      return describe(session, services);
    },
    'reading.close': async ({ sessionId }) => {
      await reading.close(sessionId);
      return {};
    },
    'reading.recent': () => ({ books: store.recent(RECENT_BOOKS) }),
    'reading.position': ({ sessionId, place }) => {
      store.setPlace(reading.need(sessionId).bookId, place, Date.now());
      return {};
    },
    'reading.appearance': ({ appearance }) => {
      store.setAppearance(appearance);
      return {};
    },
    'reading.annotations': ({ sessionId }) => ({
      annotations: store.annotations(reading.need(sessionId).bookId),
    }),
    'reading.annotate': ({ sessionId, annotation }) => {
      store.annotate(reading.need(sessionId).bookId, [annotation]);
      return {};
    },
    'reading.removeAnnotation': ({ sessionId, id }) => {
      store.removeAnnotation(reading.need(sessionId).bookId, id);
      return {};
    },
    'reading.exportAnnotations': async ({ sessionId, output, force }) => {
      const { bookId, identity } = reading.need(sessionId);
      const annotations = store.annotations(bookId);
      const set = annotationSet({
        id: `urn:uuid:${randomUUID()}`,
        generatedAt: new Date().toISOString(),
        book: identity,
        annotations,
      });
      const target = resolve(output);
      await writeOutput(target, { force }, (temporary) =>
        writeFile(temporary, `${JSON.stringify(set, null, 2)}\n`),
      );
      return { output: target, count: annotations.length };
    },
    'reading.importAnnotations': async ({ sessionId, path }) => {
      const { bookId, identity } = reading.need(sessionId);
      const read = readAnnotationSet(await annotationText(resolve(path)), {
        now: new Date().toISOString(),
        newId: () => `urn:uuid:${randomUUID()}`,
      });
      store.annotate(bookId, read.annotations);
      return {
        annotations: store.annotations(bookId),
        added: read.annotations.length,
        skipped: read.skipped,
        isOfOtherBook:
          read.identifiers.length > 0 && !read.identifiers.includes(identity.identifier),
      };
    },
    'reading.overlay': async ({ sessionId, section }) => ({
      clips: await reading.need(sessionId).book.overlay(section),
    }),
  };
}

/** The book of a project as an EPUB in memory. Refuses `book/no-such-book` and `book/empty`. */
async function projectEpub(services: Services, projectId: string, wanted: string | undefined) {
  const file = services.projects.need(projectId);
  const bookId = findBookId(file, wanted);
  const manuscript = manuscriptOf(file, bookId);
  if (manuscript.chapters.every((chapter) => chapter.blocks.length === 0)) {
    refuse('book/empty', 'The book has no text yet. Write or import a chapter, then read it.');
  }
  const pictures = await picturesOf(file, manuscript);
  const epub = buildEpub({ manuscript, modified: new Date().toISOString(), pictures });
  return { bytes: zipFiles(epub), source: `project:${projectId}/${bookId}` };
}

function describe(session: ReadingSession, { reading }: Services): OpenBook {
  const { book, bookId } = session;
  const { title, creators, language, direction, activeClass, playbackClass, spine } = book.package;
  return {
    sessionId: session.id,
    root: bookRoot(session.id),
    title,
    creators: [...creators],
    language,
    direction,
    activeClass,
    playbackClass,
    sections: spine.map((item) => ({
      path: item.path,
      cfi: item.cfi,
      linear: item.linear,
      layout: item.layout,
      flow: item.flow,
      spread: item.spread,
      side: item.side,
      length: book.sizeOf(item.path),
      overlay: item.overlay !== null,
    })),
    contents: book.navigation.contents,
    pages: book.navigation.pages,
    landmarks: book.navigation.landmarks,
    troubles: [...book.troubles],
    place: reading.store.place(bookId),
    annotations: reading.store.annotations(bookId),
    appearance: reading.store.appearance(),
  };
}

async function annotationText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MOST_ANNOTATION_BYTES) {
      refuse(
        'reading/not-annotations',
        'This file is too large to hold annotations of a book. Your notes are as they were.',
      );
    }
    return await readFile(path, 'utf8');
  } catch (error) {
    const fault = systemFault(error, path);
    throw fault === null ? error : new Refusal(fault, error);
  }
}
