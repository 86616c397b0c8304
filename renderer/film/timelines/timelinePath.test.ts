import { describe, expect, it } from 'vitest';
import { applyEdit } from '#core/edits/applyEdit.ts';
import { idsFrom } from '#core/edits/ids.ts';
import type { EditCommand } from '#core/edits/registry.ts';
import { Project } from '#core/model/project.ts';
import { flicks } from '#core/time/flicks.ts';
import { rate } from '#core/time/rate.ts';
import { distinctNames, newTimelineName, timelinePath } from './timelinePath.ts';

const format = { frameRate: rate(30), width: 1920, height: 1080, sampleRateHz: 48_000 };
const create = (timelineId: string): EditCommand => ({
  type: 'timeline.create',
  name: timelineId,
  format,
  timelineId,
});

/** “a-inner” is shown in “b-film”, and comes first by its id. */
function nestedProject(): Project {
  const project = new Project();
  const commands: EditCommand[] = [
    create('a-inner'),
    create('b-film'),
    { type: 'title.add', timelineId: 'a-inner', at: flicks(0), template: 'title' },
    { type: 'nest.add', timelineId: 'b-film', nestedTimelineId: 'a-inner' },
  ];
  const applied = applyEdit(project, commands, idsFrom('seed-paths'));
  if (!applied.ok) throw new Error(applied.error.message);
  return project;
}
const ids = (project: Project, remembered: string[]) =>
  timelinePath(project, remembered).map((timeline) => timeline.id);

describe('the open timeline', () => {
  it('is the one that nothing else shows, when none was remembered', () => {
    expect(ids(nestedProject(), [])).toEqual(['b-film']);
  });

  it('is the one that was remembered, with the way into it', () => {
    expect(ids(nestedProject(), ['b-film', 'a-inner'])).toEqual(['b-film', 'a-inner']);
    expect(ids(nestedProject(), ['a-inner'])).toEqual(['a-inner']);
  });

  it('is the outer one when the inner one is gone', () => {
    expect(ids(nestedProject(), ['b-film', 'gone', 'a-inner'])).toEqual(['b-film']);
    expect(ids(nestedProject(), ['gone'])).toEqual(['b-film']);
    expect(ids(new Project(), ['gone'])).toEqual([]);
  });
});

it('names tell timelines apart', () => {
  expect(distinctNames(['Film', 'Opening', 'Film', 'Film'])).toEqual([
    'Film',
    'Opening',
    'Film (2)',
    'Film (3)',
  ]);
  expect(newTimelineName(['Film'])).toBe('Timeline 2');
  expect(newTimelineName(['Film', 'Timeline 3'])).toBe('Timeline 4');
});
