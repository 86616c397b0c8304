import { createStore, type StoreApi } from 'zustand';
import type { CallOutput, EngineClient, EngineEvent } from '#core/contract/contract.ts';
import type { HistoryState } from '#core/contract/history.ts';
import type { OpenProject } from '#core/contract/projects.ts';
import { applyEdit } from '#core/edits/applyEdit.ts';
import type { EditOutcome } from '#core/edits/definition.ts';
import { idsFrom } from '#core/edits/ids.ts';
import type { EditCommand } from '#core/edits/registry.ts';
import type { Fault, Result } from '#core/fault.ts';
import { Project } from '#core/model/project.ts';
import type { Write } from '#core/model/write.ts';
import { ENGINE_SILENT } from './httpClient.ts';
import { alreadyHolds, applyPending, type PendingEdit, sameWrites } from './pendingEdit.ts';

/** An open project as the interface holds it. `project` changes in place; `version` counts its changes. */
export type OpenState = {
  projectId: string;
  path: string;
  readOnly: boolean;
  /** Why it can only be read; null when it can be changed. */
  readOnlyReason: Fault | null;
  project: Project;
  version: number;
  /** The last revision that the engine is known to have written. */
  revision: number;
  history: HistoryState;
  /** Edits that are shown but not yet written. */
  unsaved: number;
};

export type ProjectState = { phase: 'closed' | 'opening' | 'open'; open: OpenState | null };

type Opening = 'project.open' | 'project.new' | 'project.openSample';
type Change = { revision: number; writes: Write[]; history: HistoryState };
type Task =
  | { kind: 'edit'; edit: PendingEdit }
  | {
      kind: 'step';
      ask: (projectId: string) => Promise<Result<Change>>;
      ended: (isDone: boolean) => void;
    }
  | { kind: 'reload' };

export type ProjectStoreOptions = {
  client: EngineClient;
  /** A beginning for the ids of new objects that nobody else draws. */
  newSeed: () => string;
  /** Told what went wrong, in words for the person. */
  onFault: (fault: Fault) => void;
  /** The last moment for edits that wait for a pause in typing. */
  beforeClose?: () => void;
};

export type EditOptions = {
  /**
   * Edits of one gesture that follow one another are one step of undo; each is shown and written at once all the same.
   * Draw a name when the gesture begins (`newSeed()` when the pointer goes down, or at the first letter of a stretch of
   * typing), give it with each of its edits, and forget it when the gesture ends. Another edit between them ends it too.
   */
  gesture?: string | undefined;
  /** Told once whether the engine wrote it. */
  onEnd?: (isWritten: boolean) => void;
};

const RETRY_MS = 2_000;

/**
 * Holds the open project. An edit is applied here at once and sent after; the engine's answer carries the same writes.
 * Tasks go to the engine one after the other, in the order they were asked for. Changes from elsewhere are put below
 * the edits that are still on their way. After a refusal or a gap in the revisions the project is loaded anew.
 */
export function createProjectStore(options: ProjectStoreOptions) {
  const { client, newSeed, onFault } = options;
  const store: StoreApi<ProjectState> = createStore(() => ({ phase: 'closed', open: null }));
  let queue: Task[] = [];
  /** Changes that arrived while a task was under way: whether they are our own is known when it ends. */
  let held: Change[] = [];
  let isSending = false;
  const waiting: (() => void)[] = [];
  let retry: ReturnType<typeof setTimeout> | undefined;

  const current = () => store.getState().open;
  const pending = () => queue.flatMap((task) => (task.kind === 'edit' ? [task.edit] : []));

  function patch(change: Partial<OpenState>): void {
    const open = current();
    if (open === null) return;
    store.setState({
      open: { ...open, version: open.version + 1, unsaved: pending().length, ...change },
    });
  }

  function show({ writes, name: _name, ...rest }: OpenProject): OpenState {
    const version = (current()?.version ?? 0) + 1;
    const open = { ...rest, project: new Project(writes), version, unsaved: pending().length };
    store.setState({ phase: 'open', open });
    return open;
  }

  async function openWith<N extends Opening>(
    ask: () => Promise<Result<CallOutput<N>>>,
  ): Promise<Result<OpenState>> {
    const closed = await close();
    if (!closed.ok) return closed;
    store.setState({ phase: 'opening', open: null });
    const answer = await ask();
    if (!answer.ok) {
      store.setState({ phase: 'closed', open: null });
      return refused(answer.error);
    }
    return { ok: true, value: show(answer.value) };
  }

  /** Waits for what is on its way, then lets the project go. Refuses while edits cannot be written. */
  async function close(): Promise<Result<void>> {
    const open = current();
    if (open === null) return { ok: true, value: undefined };
    options.beforeClose?.();
    await settled();
    if (queue.length > 0) return refused(NOT_WRITTEN);
    held = [];
    store.setState({ phase: 'closed', open: null });
    await client.call('project.close', { projectId: open.projectId });
    return { ok: true, value: undefined };
  }

  /** Applies commands as one edit, at once; a refusal is told and changes nothing. */
  function edit(
    commands: readonly EditCommand[],
    { gesture, onEnd = () => {} }: EditOptions = {},
  ): Result<EditOutcome[]> {
    const open = current();
    if (open === null) throw new Error('There is no project to edit.');
    if (open.readOnlyReason !== null) return refused(open.readOnlyReason);
    const seed = newSeed();
    const applied = applyEdit(open.project, commands, idsFrom(seed));
    if (!applied.ok) return refused(applied.error);
    const { writes, inverse, outcomes, label } = applied.value;
    if (writes.length === 0) {
      onEnd(true);
      return { ok: true, value: outcomes };
    }
    const pendingEdit = { seed, gesture, commands, writes, inverse, wasSent: false, onEnd };
    queue.push({ kind: 'edit', edit: pendingEdit });
    patch({ history: { undo: label, redo: null } });
    void send();
    return { ok: true, value: outcomes };
  }

  function refused(error: Fault): { ok: false; error: Fault } {
    onFault(error);
    return { ok: false, error };
  }

  /** Goes through the history, behind the edits that are on their way; true when it was done. */
  function step(ask: (projectId: string) => Promise<Result<Change>>): Promise<boolean> {
    const open = current();
    if (open === null) return Promise.resolve(false);
    if (open.readOnlyReason !== null) {
      onFault(open.readOnlyReason);
      return Promise.resolve(false);
    }
    return new Promise((ended) => {
      queue.push({ kind: 'step', ask, ended });
      void send();
    });
  }

  /** Opens the project for writing, where another program had it; false while that one has it still. */
  async function tryToWrite(): Promise<boolean> {
    if (current() === null) return false;
    queue.push({ kind: 'reload' });
    void send();
    await settled();
    return current()?.readOnly === false;
  }

  async function send(): Promise<void> {
    if (isSending) return;
    clearTimeout(retry);
    isSending = true;
    for (let task = queue[0]; task !== undefined; task = queue[0]) {
      if (!(await perform(task))) {
        retry = setTimeout(resume, RETRY_MS);
        break;
      }
      if (held.length > 0) takeOver([], pending());
    }
    isSending = false;
    for (const resolve of waiting.splice(0)) resolve();
  }

  /** Does the task at the head of the queue and takes it off; false when the engine cannot be reached. */
  function perform(task: Task): Promise<boolean> {
    if (task.kind === 'edit') return performEdit(task.edit);
    return task.kind === 'reload' ? performReload() : performStep(task);
  }

  async function performEdit(edit: PendingEdit): Promise<boolean> {
    const projectId = current()?.projectId ?? '';
    const { commands, gesture, seed: idSeed } = edit;
    const answer = await client.call('project.edit', {
      projectId,
      commands: [...commands],
      idSeed,
      ...(gesture !== undefined && { gesture }),
    });
    if (!answer.ok && isUnreached(answer.error)) {
      edit.wasSent = true;
      return tellUnreached(answer.error);
    }
    const shown = pending();
    queue.shift();
    edit.onEnd(answer.ok);
    if (!answer.ok) {
      onFault(answer.error);
      queue.unshift({ kind: 'reload' });
    } else if (isAsExpected(answer.value, edit)) {
      const { revision, history } = answer.value;
      held = held.filter((change) => change.revision !== revision);
      patch({ revision, ...(pending().length === 0 && { history }) });
    } else takeOver([answer.value], shown);
    return true;
  }

  /** Silence has a banner of its own; other ways of not being reached are told. */
  function tellUnreached(fault: Fault): false {
    if (fault.code !== ENGINE_SILENT) onFault(fault);
    return false;
  }

  function isAsExpected(change: Change, edit: PendingEdit): boolean {
    const revision = current()?.revision ?? 0;
    return change.revision === revision + 1 && sameWrites(edit.writes, change.writes);
  }

  async function performStep(task: Extract<Task, { kind: 'step' }>): Promise<boolean> {
    const answer = await task.ask(current()?.projectId ?? '');
    queue.shift();
    if (answer.ok) takeOver([answer.value], pending());
    else {
      // When the answer was lost nobody knows whether it happened; the project itself does.
      if (isUnreached(answer.error)) queue.unshift({ kind: 'reload' });
      onFault(answer.error);
    }
    task.ended(answer.ok);
    return true;
  }

  async function performReload(): Promise<boolean> {
    const answer = await client.call('project.open', { path: current()?.path ?? '' });
    if (!answer.ok && isUnreached(answer.error)) return tellUnreached(answer.error);
    queue.shift();
    if (!answer.ok) {
      onFault(answer.error);
      return true;
    }
    const { project, revision } = show(answer.value);
    held = held.filter((change) => change.revision > revision);
    // An edit whose answer was lost may have been written: then it must not be sent again.
    const first = pending()[0];
    if (first?.wasSent && alreadyHolds(project, first)) {
      queue = queue.filter((task) => task.kind !== 'edit' || task.edit !== first);
      first.onEnd(true);
    }
    for (const edit of pending()) applyPending(project, edit);
    patch({});
    return true;
  }

  /**
   * Takes the `shown` edits off, puts confirmed changes down in the order of their revisions, and applies again what
   * is still on its way.
   */
  function takeOver(answers: readonly Change[], shown: readonly PendingEdit[]): void {
    const open = current();
    if (open === null) return;
    let { revision, history } = open;
    const known = new Map([...held, ...answers].map((change) => [change.revision, change]));
    const changes = [...known.values()]
      .filter((change) => change.revision > open.revision)
      .sort((a, b) => a.revision - b.revision);
    held = [];
    for (const edit of [...shown].reverse()) open.project.apply(edit.inverse);
    for (const change of changes) {
      if (change.revision !== revision + 1) {
        queue.unshift({ kind: 'reload' });
        break;
      }
      open.project.apply(change.writes);
      ({ revision, history } = change);
    }
    for (const edit of pending()) applyPending(open.project, edit);
    patch({ revision, ...(pending().length === 0 && { history }) });
  }

  function receive(event: EngineEvent): void {
    const open = current();
    if (event.type !== 'project.changed' || event.projectId !== open?.projectId) return;
    held.push(event);
    if (isSending) return;
    takeOver([], pending());
    void send();
  }

  /** For the moment when the engine is reached again: loads the project and sends what could not be sent. */
  function resume(): void {
    if (isSending || current() === null) return;
    queue.unshift({ kind: 'reload' });
    void send();
  }

  /** Resolves when nothing is on its way to the engine, or the engine cannot be reached. */
  function settled(): Promise<void> {
    if (!isSending) return Promise.resolve();
    return new Promise((resolve) => waiting.push(resolve));
  }

  return {
    store,
    open: (path: string) => openWith<'project.open'>(() => client.call('project.open', { path })),
    create: (input: { name?: string; path?: string; start: 'film' | 'book' }) =>
      openWith<'project.new'>(() => client.call('project.new', input)),
    openSample: () => openWith<'project.openSample'>(() => client.call('project.openSample', {})),
    close,
    edit,
    undo: (steps = 1) => step((projectId) => client.call('project.undo', { projectId, steps })),
    redo: (steps = 1) => step((projectId) => client.call('project.redo', { projectId, steps })),
    /** Goes to the state after any revision of the history; 0 is the beginning. */
    goTo: (revision: number) =>
      step((projectId) => client.call('project.goTo', { projectId, revision })),
    /** Brings a state back that was saved under a name. */
    restoreVersion: (name: string) =>
      step((projectId) => client.call('project.restoreVersion', { projectId, name })),
    tryToWrite,
    settled,
    receive,
    resume,
  };
}

/** Whether a failure comes from the way to the engine and not from the engine. */
function isUnreached(fault: Fault): boolean {
  return fault.code.startsWith('client/');
}

const NOT_WRITTEN: Fault = {
  code: 'client/not-written',
  message:
    'Your last changes have not reached the project file yet, so the project stays open. Inkreel keeps trying; start the engine again if it has stopped.',
};
