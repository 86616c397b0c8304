import { expect, it } from 'vitest';
import { apply, sampleProject } from '#tests/edits/sampleProject.ts';

it('a title is called what it says, until it is given a name of its own', () => {
  const { project, timelineId } = sampleProject();
  const made = apply(project, 'title', [
    { type: 'title.add', timelineId, at: 0, fields: { title: 'First words' } },
  ]);
  const titleId = String(made.outcomes[0]?.['titleId']);
  const name = () => project.find('graphic', titleId)?.name;
  expect(name()).toBe('First words');

  apply(project, 'words', [{ type: 'title.setFields', titleId, fields: { title: 'Other words' } }]);
  expect(name()).toBe('Other words');

  apply(project, 'name', [{ type: 'clip.rename', clipId: titleId, name: 'Opening' }]);
  apply(project, 'again', [{ type: 'title.setFields', titleId, fields: { title: 'Last words' } }]);
  expect(name()).toBe('Opening');
});
