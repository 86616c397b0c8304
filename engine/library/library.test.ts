import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OpenProjects } from '../project/openProjects.ts';
import { ProjectFile } from '../project/projectFile.ts';
import { RecentProjects } from '../project/recentProjects.ts';
import { Library } from './library.ts';

let folder = '';
let projects: OpenProjects;
let recent: RecentProjects;
let library: Library;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkreel-library-'));
  projects = new OpenProjects();
  recent = new RecentProjects(join(folder, 'recent.json'));
  library = newLibrary();
});
afterEach(async () => {
  projects.closeAll();
  await rm(folder, { recursive: true, force: true });
});

function newLibrary(): Library {
  return new Library({ recent, projects, cachePath: join(folder, 'library.json') });
}

async function makeProject(name: string, words: string): Promise<string> {
  const path = join(folder, `${name}.inkreel`);
  const file = ProjectFile.create(path, name);
  const paragraph = { kind: 'paragraph', id: 'p1', inlines: [{ kind: 'text', text: words }] };
  file.edit([
    {
      type: 'book.create',
      metadata: {
        title: name,
        authors: ['Ann'],
        language: 'en',
        identifier: `urn:uuid:${crypto.randomUUID()}`,
      },
      chapters: [{ title: 'One', blocks: [paragraph] }],
    },
  ]);
  await recent.note({
    path,
    projectId: file.projectId,
    name,
    openedAtMs: 1,
    durationFlicks: 0,
    words: 0,
  });
  file.close();
  return path;
}

const titles = async () => (await library.list()).books.map(({ metadata }) => metadata.title);

describe('the library', () => {
  it('lists the books of projects that are not open, and leaves the files as they are', async () => {
    const path = await makeProject('Harbour', 'three little words');
    const before = await readFile(path);
    const [book] = (await library.list()).books;
    expect(book).toMatchObject({ path, words: 3, chapters: 1, status: 'draft', archived: false });
    expect((await readFile(path)).equals(before)).toBe(true);
  });

  it('follows an open project at once, and a closed one when its file changes', async () => {
    const path = await makeProject('Harbour', 'words');
    const { bookId } = (await library.list()).books[0] ?? { bookId: '' };
    const open = projects.open(path);
    open.edit([{ type: 'book.setStatus', bookId, status: 'published', archived: true }]);
    expect((await library.list()).books[0]).toMatchObject({ status: 'published', archived: true });
    projects.close(open.projectId);
    const elsewhere = ProjectFile.open(path);
    elsewhere.edit([{ type: 'book.setStatus', bookId, archived: false }]);
    elsewhere.close();
    expect((await library.list()).books[0]).toMatchObject({ status: 'published', archived: false });
  });

  it('reads a file again only when it is another one', async () => {
    const path = await makeProject('Harbour', 'words');
    await library.list();
    const text = await readFile(join(folder, 'library.json'), 'utf8');
    await writeFile(join(folder, 'library.json'), text.replace('"Harbour"', '"From the cache"'));
    library = newLibrary();
    expect(await titles()).toEqual(['From the cache']);
    await utimes(path, new Date(), new Date());
    expect(await titles()).toEqual(['Harbour']);
  });

  it('names what cannot be read and shows the rest; what is gone is left out', async () => {
    const gone = await makeProject('Gone', 'words');
    const broken = await makeProject('Broken', 'words');
    await makeProject('Sound', 'words');
    await rm(gone);
    await writeFile(broken, 'This is no project.'.repeat(500));
    await rm(`${broken}-wal`, { force: true });
    const shelf = await library.list();
    expect(shelf.books.map(({ metadata }) => metadata.title)).toEqual(['Sound']);
    expect(shelf.unreadable).toMatchObject([{ path: broken, name: 'Broken' }]);
  });

  it('opens a project only for as long as it is worked with', async () => {
    const path = await makeProject('Harbour', 'words');
    const id = await library.withProject(path, (file) => file.projectId);
    expect(projects.find(id)).toBeUndefined();
    projects.open(path);
    await library.withProject(path, () => undefined);
    expect(projects.find(id)).toBeDefined();
  });
});
