import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallName, EngineClient, EngineEvent } from '#core/contract/contract.ts';
import type { HistoryState } from '#core/contract/history.ts';
import { type AnyCommand, applyEdit } from '#core/edits/applyEdit.ts';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import { idsFrom } from '#core/edits/ids.ts';
import type { EditCommand } from '#core/edits/registry.ts';
import type { Fault, Result } from '#core/fault.ts';
import { Project } from '#core/model/project.ts';
import type { Write } from '#core/model/write.ts';
import { ENGINE_SILENT } from './httpClient.ts';
import { createProjectStore } from './projectStore.ts';

const PATH = '/films/harbour.inkreel';
const BOOK: EditCommand = {
  type: 'book.create',
  metadata: {
    title: 'Harbour',
    authors: [],
    language: 'en',
    identifier: 'urn:uuid:6f6a2f5e-51c3-4a8e-9d05-0a3f4fd2a6b1',
  },
  chapters: [],
};

/** An engine in memory that answers as the real one does; `hold` keeps its answers back. */
function fakeEngine() {
  const project = new Project();
  let revision = 0;
  const undo: { label: string; writes: Write[] }[] = [];
  const listeners = new Set<(event: EngineEvent) => void>();
  const gates: (() => void)[] = [];
  const calls: string[] = [];
  const gestures: unknown[] = [];
  const state = {
    isHeld: false,
    isSilent: false,
    losesAnswers: false,
    refuses: null as Fault | null,
    /** Another program has the project. */
    elsewhere: null as Fault | null,
  };

  const history = (): HistoryState => ({ undo: undo.at(-1)?.label ?? null, redo: null });
  const changed = (writes: Write[]) => {
    revision += 1;
    const change = { revision, writes, history: history() };
    for (const listener of listeners) {
      listener({ type: 'project.changed', projectId: 'p1', ...structuredClone(change) });
    }
    return change;
  };
  const snapshot = () => ({
    projectId: 'p1',
    path: PATH,
    name: 'Harbour',
    revision,
    readOnly: state.elsewhere !== null,
    readOnlyReason: state.elsewhere,
    history: history(),
    writes: structuredClone(project.snapshot()),
  });
  const fail = (code: string): Result<never> => ({ ok: false, error: { code, message: code } });

  function edit(commands: readonly AnyCommand[], seed: string): Result<unknown> {
    if (state.refuses) return { ok: false, error: state.refuses };
    const applied = applyEdit(project, structuredClone(commands), idsFrom(seed));
    if (!applied.ok) return applied;
    undo.push({ label: applied.value.label, writes: applied.value.inverse });
    return {
      ok: true,
      value: { ...changed(applied.value.writes), outcomes: applied.value.outcomes },
    };
  }

  function answer(name: CallName, input: Record<string, unknown>): Result<unknown> {
    if (name === 'project.open') return { ok: true, value: snapshot() };
    if (name === 'project.close') return { ok: true, value: {} };
    if (name === 'project.edit') gestures.push((input as { gesture?: string }).gesture);
    if (name === 'project.edit')
      return edit(input['commands'] as AnyCommand[], String(input['idSeed']));
    if (name === 'project.goTo' && input['revision'] === 1) {
      const writes = undo
        .splice(1)
        .reverse()
        .flatMap((one) => one.writes);
      project.apply(writes);
      return { ok: true, value: changed(writes) };
    }
    const last = undo.pop();
    if (name !== 'project.undo' || last === undefined) return fail('project/nothing-to-undo');
    project.apply(last.writes);
    return { ok: true, value: { ...changed(last.writes), undone: [last.label] } };
  }

  const client: EngineClient = {
    async call(name, input) {
      calls.push(name);
      if (state.isSilent) return fail(ENGINE_SILENT);
      const value = answer(name, input);
      if (state.losesAnswers) return fail(ENGINE_SILENT);
      if (state.isHeld) await new Promise<void>((open) => gates.push(open));
      return structuredClone(value) as never;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    client,
    state,
    calls,
    gestures,
    snapshot: () => project.snapshot(),
    /** An edit that somebody else makes. */
    editElsewhere: (commands: EditCommand[], seed: string) => edit(commands, seed),
    /** Something happened that this window was not told of. */
    changeSilently(commands: EditCommand[], seed: string) {
      const told = [...listeners];
      listeners.clear();
      edit(commands, seed);
      for (const listener of told) listeners.add(listener);
    },
    release() {
      for (const open of gates.splice(0)) open();
    },
  };
}

async function opened() {
  const engine = fakeEngine();
  engine.editElsewhere([BOOK], 'seed-book');
  const faults: Fault[] = [];
  let seeds = 0;
  const projects = createProjectStore({
    client: engine.client,
    newSeed: () => `local-${(seeds += 1)}`,
    onFault: (fault) => faults.push(fault),
  });
  engine.client.listen(projects.receive);
  await projects.open(PATH);
  const state = () => {
    const { open } = projects.store.getState();
    if (open === null) throw new Error('The project is not open.');
    return open;
  };
  const titles = () => chaptersOf(state().project, 'seed-book-1').map((one) => one.title);
  const add = (title: string) =>
    projects.edit([{ type: 'chapter.add', bookId: 'seed-book-1', title }]);
  return { engine, projects, faults, state, titles, add };
}

describe('the open project', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => vi.useRealTimers();
  });

  it('shows an edit before the engine has answered, and the engine comes to the same', async () => {
    const { engine, projects, state, titles, add } = await opened();
    engine.state.isHeld = true;
    add('One');
    expect(titles()).toEqual(['One']);
    expect(state()).toMatchObject({ unsaved: 1, revision: 1, history: { undo: 'Add chapter' } });
    engine.release();
    await projects.settled();
    expect(state()).toMatchObject({ unsaved: 0, revision: 2 });
    expect(state().project.snapshot()).toEqual(engine.snapshot());
  });

  it('applies its own edits once, though the engine tells of them too', async () => {
    const { engine, projects, state, titles, add } = await opened();
    add('One');
    add('Two');
    await projects.settled();
    expect(titles()).toEqual(['One', 'Two']);
    expect(state().project.snapshot()).toEqual(engine.snapshot());
    expect(engine.calls.filter((name) => name === 'project.edit')).toHaveLength(2);
    expect(engine.calls.filter((name) => name === 'project.open')).toHaveLength(1);
  });

  it('sends edits one after the other, in the order they were made', async () => {
    const { engine, projects, titles, add } = await opened();
    engine.state.isHeld = true;
    for (const title of ['One', 'Two', 'Three']) add(title);
    expect(engine.calls.filter((name) => name === 'project.edit')).toHaveLength(1);
    engine.state.isHeld = false;
    engine.release();
    await projects.settled();
    expect(titles()).toEqual(['One', 'Two', 'Three']);
  });

  it('puts an edit from elsewhere below its own that is on its way', async () => {
    const { engine, projects, faults, state, titles, add } = await opened();
    add('Mine');
    await projects.settled();
    const chapterId = chaptersOf(state().project, 'seed-book-1')[0]?.id ?? '';
    engine.editElsewhere([{ type: 'chapter.write', chapterId, title: 'Theirs' }], 'elsewhere');
    expect(titles()).toEqual(['Theirs']);
    engine.state.isHeld = true;
    add('Last');
    engine.editElsewhere(
      [{ type: 'chapter.add', bookId: 'seed-book-1', title: 'Between' }],
      'elsewhere2',
    );
    engine.state.isHeld = false;
    engine.release();
    await projects.settled();
    expect(state().project.snapshot()).toEqual(engine.snapshot());
    expect(titles().sort()).toEqual(['Between', 'Last', 'Theirs']);
    expect(faults).toEqual([]);
  });

  it('refuses at once what the rules refuse, and sends nothing', async () => {
    const { engine, projects, faults, titles } = await opened();
    const result = projects.edit([{ type: 'chapter.delete', chapterId: 'nowhere' }]);
    expect(result).toMatchObject({ ok: false, error: { code: 'edit/no-such-chapter' } });
    expect(faults).toHaveLength(1);
    expect(titles()).toEqual([]);
    expect(engine.calls).not.toContain('project.edit');
  });

  it('loads the project anew when the engine refuses an edit, and keeps the edits behind it', async () => {
    const { engine, projects, faults, state, titles, add } = await opened();
    engine.state.refuses = { code: 'file/disk-full', message: 'The disk is full.' };
    engine.state.isHeld = true;
    add('Refused');
    engine.state.refuses = null;
    add('Kept');
    expect(titles()).toEqual(['Refused', 'Kept']);
    engine.state.isHeld = false;
    engine.release();
    await projects.settled();
    expect(faults.map((fault) => fault.code)).toEqual(['file/disk-full']);
    expect(titles()).toEqual(['Kept']);
    expect(state().project.snapshot()).toEqual(engine.snapshot());
  });

  it('says of each edit whether it was written', async () => {
    const { engine, projects } = await opened();
    const ends: boolean[] = [];
    const add = (title: string) =>
      projects.edit([{ type: 'chapter.add', bookId: 'seed-book-1', title }], {
        onEnd: (isWritten) => ends.push(isWritten),
      });
    add('Written');
    await projects.settled();
    engine.state.refuses = { code: 'file/disk-full', message: 'The disk is full.' };
    add('Refused');
    await projects.settled();
    engine.state.refuses = null;
    engine.state.losesAnswers = true;
    add('Written, but its answer is lost');
    await projects.settled();
    expect(ends).toEqual([true, false]);
    engine.state.losesAnswers = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ends).toEqual([true, false, true]);
  });

  it('loads the project anew when it missed a change', async () => {
    const { engine, projects, state, titles } = await opened();
    engine.changeSilently([{ type: 'chapter.add', bookId: 'seed-book-1', title: 'Missed' }], 'x1');
    engine.editElsewhere([{ type: 'chapter.add', bookId: 'seed-book-1', title: 'Heard' }], 'x2');
    await projects.settled();
    expect(titles()).toEqual(['Missed', 'Heard']);
    expect(state().revision).toBe(3);
  });

  it('undoes through the engine, and applies again what was edited meanwhile', async () => {
    const { engine, projects, state, titles, add } = await opened();
    add('One');
    await projects.settled();
    engine.state.isHeld = true;
    const undone = projects.undo();
    add('Two');
    engine.state.isHeld = false;
    engine.release();
    await undone;
    await projects.settled();
    expect(titles()).toEqual(['Two']);
    expect(state().project.snapshot()).toEqual(engine.snapshot());
    expect(state().history.undo).toBe('Add chapter');
  });

  it('goes to a step behind the edits that are on their way, and says whether it came there', async () => {
    const { engine, projects, faults, state, titles, add } = await opened();
    add('One');
    const going = projects.goTo(1);
    add('Two');
    expect(await going).toBe(true);
    await projects.settled();
    expect(titles()).toEqual(['Two']);
    expect(state().project.snapshot()).toEqual(engine.snapshot());
    expect(await projects.goTo(99)).toBe(false);
    expect(faults).toHaveLength(1);
  });

  it('tells the engine which edits are one gesture', async () => {
    const { engine, projects, add } = await opened();
    const chapter = (title: string, gesture: string) =>
      projects.edit([{ type: 'chapter.add', bookId: 'seed-book-1', title }], { gesture });
    chapter('One', 'drag-1');
    chapter('Two', 'drag-1');
    add('Three');
    await projects.settled();
    expect(engine.gestures).toEqual(['drag-1', 'drag-1', undefined]);
  });

  it('keeps edits while the engine is away and sends them when it is back', async () => {
    const { engine, projects, state, titles, add } = await opened();
    engine.state.isSilent = true;
    add('Kept');
    await projects.settled();
    expect(state().unsaved).toBe(1);
    expect(await projects.close()).toMatchObject({ error: { code: 'client/not-written' } });
    engine.state.isSilent = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(state().unsaved).toBe(0);
    expect(titles()).toEqual(['Kept']);
    expect(state().project.snapshot()).toEqual(engine.snapshot());
  });

  it('does not send an edit twice when only its answer was lost', async () => {
    const { engine, projects, faults, state, titles, add } = await opened();
    engine.state.losesAnswers = true;
    add('Once');
    await projects.settled();
    engine.state.losesAnswers = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(titles()).toEqual(['Once']);
    expect(engine.calls.filter((name) => name === 'project.edit')).toHaveLength(1);
    expect(state().unsaved).toBe(0);
    expect(faults).toEqual([]);
  });

  it('changes nothing while another program has the project, and asks again when told to', async () => {
    const { engine, projects, faults, state, titles, add } = await opened();
    const elsewhere = { code: 'project/open-elsewhere', message: 'It is open elsewhere.' };
    engine.state.elsewhere = elsewhere;
    expect(await projects.tryToWrite()).toBe(false);
    expect(state()).toMatchObject({ readOnly: true, readOnlyReason: elsewhere });
    expect(add('Mine').ok).toBe(false);
    expect(faults).toEqual([elsewhere]);
    engine.editElsewhere(
      [{ type: 'chapter.add', bookId: 'seed-book-1', title: 'Theirs' }],
      'seed-theirs',
    );
    expect(titles()).toEqual(['Theirs']);
    engine.state.elsewhere = null;
    expect(await projects.tryToWrite()).toBe(true);
    add('Mine');
    await projects.settled();
    expect(titles()).toEqual(['Theirs', 'Mine']);
    expect(state().project.snapshot()).toEqual(engine.snapshot());
  });

  it('turns what still waits into edits before it closes', async () => {
    const engine = fakeEngine();
    engine.editElsewhere([BOOK], 'seed-book');
    const projects = createProjectStore({
      client: engine.client,
      newSeed: () => 'last-words',
      onFault: () => {},
      beforeClose: () => {
        projects.edit([{ type: 'chapter.add', bookId: 'seed-book-1', title: 'Last words' }]);
      },
    });
    await projects.open(PATH);
    await projects.close();
    expect(new Project(engine.snapshot()).all('chapter')[0]?.title).toBe('Last words');
    expect(projects.store.getState()).toEqual({ phase: 'closed', open: null });
  });
});
