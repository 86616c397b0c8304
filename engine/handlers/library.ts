import { join } from 'node:path';
import { z } from 'zod';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import { refuse } from '#core/fault.ts';
import { findBookId } from '../book/projectBook.ts';
import { Library } from '../library/library.ts';
import type { Services } from '../services.ts';
import type { HandlersOf } from './handlers.ts';
import { announced } from './history.ts';

export function libraryHandlers(services: Services): HandlersOf<'library'> {
  const { recent, projects, dataDir } = services;
  const library = new Library({ recent, projects, cachePath: join(dataDir, 'library.json') });
  return {
    'library.list': () => library.list(),
    'library.edit': ({ path, commands }) =>
      library.withProject(path, (file) => {
        const before = file.revision;
        const { change, done } = announced(services, file, () => file.edit(commands));
        const { revision } = change;
        return { revision, changed: revision !== before, outcomes: done.outcomes };
      }),
    'library.duplicate': ({ path, bookId }) =>
      library.withProject(path, (file) => {
        const book = file.project.find('book', findBookId(file, bookId));
        if (book === undefined)
          refuse('book/no-such-book', 'That book is no longer in the project.', { bookId });
        const metadata = {
          ...book.metadata,
          title: copyTitle(
            book.metadata.title,
            file.project.all('book').map((other) => other.metadata.title),
          ),
          // Two books never share an ISBN or any other identifier.
          identifier: `urn:uuid:${crypto.randomUUID()}`,
        };
        const chapters = chaptersOf(file.project, book.id).map(({ title, role, blocks }) => ({
          title,
          ...(role !== undefined && { role }),
          blocks,
        }));
        const { change, done } = announced(services, file, () =>
          file.edit([{ type: 'book.create', metadata, chapters }]),
        );
        const made = z.string().parse(done.outcomes[0]?.['bookId']);
        return { revision: change.revision, changed: true, bookId: made };
      }),
    'library.undo': ({ path, revision }) =>
      library.withProject(path, (file) => {
        if (file.revision !== revision) {
          refuse(
            'library/changed-since',
            'The project has changed since, so this can no longer be taken back from here. Open it and use its history.',
            { path, revision, now: file.revision },
          );
        }
        return { revision: announced(services, file, () => file.undo(1)).change.revision };
      }),
  };
}

/** “Title (copy)”, or with a number where that is taken. */
function copyTitle(title: string, taken: readonly string[]): string {
  const base = title.replace(/ \(copy(?: \d+)?\)$/, '').slice(0, 480);
  for (let number = 1; ; number += 1) {
    const name = `${base} (copy${number === 1 ? '' : ` ${number}`})`;
    if (!taken.includes(name)) return name;
  }
}
