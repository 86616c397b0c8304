/*
 * Measures projects on disk: opening, durable commits, undo and jumps at several sizes. Prints tables; fails nothing.
 * node scripts/bench-edits.mjs [folder], a folder on the disk to measure; the system's temporary one by default.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ProjectFile } from '../engine/project/projectFile.ts';

const SIZES = [100, 1_000, 5_000, 20_000];
const COMMITS = 200;
const STEPS = 100_000;
const HISTORY_CLIPS = 5_000;
const JUMPS = 20;
const AT_ONCE = 1_000;
const SECOND = 705_600_000;

const folder = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'inkreel-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

function timed(work) {
  const started = performance.now();
  const value = work();
  return { value, ms: performance.now() - started };
}

function percentile(values, share) {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1];
}

/** A project with that many clips of one asset, end to end; gives its path and the ids of the clips. */
function makeProject(clips, name = String(clips)) {
  const path = join(folder, `${name}.inkreel`);
  const file = ProjectFile.create(path, 'Bench');
  const format = {
    frameRate: { num: 30, den: 1 },
    width: 1920,
    height: 1080,
    sampleRateHz: 48_000,
  };
  const [, asset] = file.edit([
    { type: 'timeline.create', name: 'Main', format, timelineId: 'timeline' },
    {
      type: 'asset.add',
      name: 'Long take',
      location: { absolute: join(folder, 'take.mp4') },
      identity: { sizeBytes: 1, hash: 'partial-sha256:0' },
      facts: {
        container: 'mov',
        mediaKind: 'video',
        duration: 3600 * SECOND,
        streams: [
          {
            index: 0,
            kind: 'video',
            codec: 'h264',
            width: 1920,
            height: 1080,
            displayWidth: 1920,
            displayHeight: 1080,
            rotation: 0,
            frameRate: { num: 30, den: 1 },
            color: {},
          },
        ],
      },
    },
  ]).outcomes;
  const clipIds = [];
  for (let made = 0; made < clips; made += AT_ONCE) {
    const { outcomes } = file.edit(
      Array.from({ length: Math.min(AT_ONCE, clips - made) }, (_, index) => ({
        type: 'clip.append',
        timelineId: 'timeline',
        assetId: asset.assetId,
        in: ((made + index) % 3000) * SECOND,
        out: (((made + index) % 3000) + 2) * SECOND,
      })),
    );
    clipIds.push(...outcomes.flatMap((outcome) => outcome.clipIds));
  }
  file.close();
  return { path, clipIds };
}

function measureSize(clips) {
  const { path, clipIds } = makeProject(clips);
  const opened = timed(() => ProjectFile.open(path));
  const file = opened.value;
  const commits = Array.from({ length: COMMITS }, (_, index) => {
    const clipId = clipIds[Math.floor((index * clipIds.length) / COMMITS)];
    return timed(() => file.edit([{ type: 'clip.rename', clipId, name: `Take ${index}` }])).ms;
  });
  const undo = timed(() => file.undo(COMMITS)).ms;
  file.close();
  return {
    clips,
    'file MB': (statSync(path).size / 1e6).toFixed(1),
    'open ms': opened.ms.toFixed(0),
    'commit p50 ms': percentile(commits, 0.5).toFixed(2),
    'commit p95 ms': percentile(commits, 0.95).toFixed(2),
    [`undo ${COMMITS} ms`]: undo.toFixed(0),
  };
}

/**
 * A history of many steps on a film of many clips. Their commits are not flushed one by one, which is what takes the
 * time in making them.
 */
function makeHistory() {
  const { path, clipIds } = makeProject(HISTORY_CLIPS, 'history');
  const file = ProjectFile.open(path);
  const first = file.head;
  const names = clipIds.map((id) => JSON.stringify(file.project.find('clip', id).name));
  file.close();
  const db = new Database(path);
  const commit = db.prepare(
    "INSERT INTO commits (revision, kind, parent, head, branch, step, label, author, committed_at_ms) VALUES (@revision, 'edit', @parent, @revision, 1, @revision, 'Rename clip', 'bench', 0)",
  );
  const op = db.prepare(
    "INSERT INTO ops (revision, object, register, value, previous) VALUES (?, ?, 'name', ?, ?)",
  );
  const register = db.prepare(
    "UPDATE registers SET value = ? WHERE object = ? AND register = 'name'",
  );
  const last = first + STEPS;
  db.transaction(() => {
    for (let revision = first + 1; revision <= last; revision++) {
      const clip = (revision * 7_919) % clipIds.length;
      const name = JSON.stringify(`Take ${revision}`);
      commit.run({ revision, parent: revision - 1 });
      op.run(revision, clipIds[clip], name, names[clip]);
      names[clip] = name;
    }
    for (const [clip, id] of clipIds.entries()) register.run(names[clip], id);
    db.prepare("UPDATE meta SET value = ? WHERE key IN ('head', 'tip')").run(String(last));
  })();
  db.close();
  return { path, first, clipId: clipIds[0] };
}

function measureHistory() {
  const { path, first, clipId } = makeHistory();
  const opened = timed(() => ProjectFile.open(path));
  const file = opened.value;
  const one = timed(() => file.undo()).ms;
  const undo = timed(() => file.undo(STEPS - 1)).ms;
  const redo = timed(() => file.redo(STEPS)).ms;
  const end = timed(() => file.goTo(first)).ms;
  // An edit here makes a branch of its own, so that the next jump goes back and forth at once.
  file.edit([{ type: 'clip.rename', clipId, name: 'Another way' }]);
  const branch = timed(() => file.goTo(first + STEPS)).ms;
  const jumps = Array.from({ length: JUMPS }, (_, index) => {
    const step = Math.floor((STEPS * ((index * 7) % JUMPS)) / JUMPS);
    return timed(() => file.goTo(first + step)).ms;
  });
  const commit = timed(() => file.edit([{ type: 'clip.rename', clipId, name: 'One more' }])).ms;
  const problems = file.integrityProblems();
  file.close();
  if (problems.length > 0) throw new Error(problems.join(' '));
  return {
    steps: STEPS,
    clips: HISTORY_CLIPS,
    'file MB': (statSync(path).size / 1e6).toFixed(1),
    'open ms': opened.ms.toFixed(0),
    'commit ms': commit.toFixed(1),
    'undo 1 ms': one.toFixed(1),
    'undo all ms': undo.toFixed(0),
    'redo all ms': redo.toFixed(0),
    'go to the first ms': end.toFixed(0),
    'to another branch ms': branch.toFixed(0),
    [`${JUMPS} jumps p95 ms`]: percentile(jumps, 0.95).toFixed(0),
  };
}

console.table(SIZES.map(measureSize));
console.table([measureHistory()]);
