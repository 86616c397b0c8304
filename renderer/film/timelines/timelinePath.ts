import type { ObjectId, Timeline } from '#core/model/entities.ts';
import type { ProjectReader } from '#core/model/project.ts';

/**
 * The timelines from the outermost to the one that is shown, of a way that was remembered: what is gone is left out
 * with all that was inside it. Where nothing is left, the first timeline that no other one shows. Empty without
 * timelines.
 */
export function timelinePath(project: ProjectReader, remembered: readonly ObjectId[]): Timeline[] {
  const path: Timeline[] = [];
  for (const id of remembered) {
    const timeline = project.find('timeline', id);
    if (timeline === undefined || path.includes(timeline)) break;
    path.push(timeline);
  }
  if (path.length > 0) return path;
  const all = project.all('timeline');
  const first = all.find((timeline) => project.nestsOf(timeline.id).length === 0) ?? all[0];
  return first === undefined ? [] : [first];
}

/** Names to tell timelines apart by: those of the same name are numbered. */
export function distinctNames(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return names.map((name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

/** A name for a new timeline: `Timeline 3`, or the next number that is free. */
export function newTimelineName(names: readonly string[]): string {
  let number = names.length + 1;
  while (names.includes(`Timeline ${number}`)) number += 1;
  return `Timeline ${number}`;
}
