/*
 * Measures projects on disk: opening, durable commits and undo at several sizes. Prints a table; fails nothing.
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
function makeProject(clips) {
  const path = join(folder, `${clips}.inkreel`);
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

/** A history of many steps. Their commits are not flushed one by one, which is what takes the time in making them. */
function measureHistory() {
  const path = join(folder, 'history.inkreel');
  const file = ProjectFile.create(path, 'Bench');
  file.close();
  const db = new Database(path);
  const commit = db.prepare(
    "INSERT INTO commits (revision, kind, parent, target, label, committed_at_ms) VALUES (?, 'edit', ?, NULL, 'Rename project', 0)",
  );
  const op = db.prepare(
    "INSERT INTO ops (revision, object, register, value, previous) VALUES (?, 'project', 'name', ?, ?)",
  );
  db.transaction(() => {
    for (let revision = 2; revision <= STEPS; revision++) {
      commit.run(revision, revision - 1);
      op.run(revision, JSON.stringify(`Name ${revision}`), JSON.stringify(`Name ${revision - 1}`));
    }
    db.prepare("UPDATE registers SET value = ? WHERE object = 'project' AND register = 'name'").run(
      JSON.stringify(`Name ${STEPS}`),
    );
    db.prepare("UPDATE meta SET value = ? WHERE key = 'head'").run(String(STEPS));
  })();
  db.close();
  const opened = timed(() => ProjectFile.open(path));
  const one = timed(() => opened.value.undo()).ms;
  const all = timed(() => opened.value.undo(STEPS - 2)).ms;
  opened.value.close();
  return {
    steps: STEPS,
    'file MB': (statSync(path).size / 1e6).toFixed(1),
    'open ms': opened.ms.toFixed(0),
    'undo 1 ms': one.toFixed(1),
    'undo all ms': all.toFixed(0),
  };
}

console.table(SIZES.map(measureSize));
console.table([measureHistory()]);
