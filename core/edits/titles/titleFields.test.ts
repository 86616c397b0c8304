import { describe, expect, it } from 'vitest';
import { apply, refusalOf, sampleProject } from '#tests/edits/sampleProject.ts';

function titles() {
  const sample = sampleProject();
  const { project, timelineId } = sample;
  const title = { title: 'Ann', subtitle: 'Author', color: '#112233', typeface: 'sans' };
  const lower = { name: 'Bob', role: 'Baker', side: 'right', accent: '#445566' };
  const made = apply(project, 't', [
    { type: 'title.add', timelineId, at: 0, fields: title },
    { type: 'title.add', timelineId, at: '200f', template: 'lowerThird', fields: lower },
  ]);
  const [titleId = '', lowerId = ''] = made.outcomes.map((outcome) => String(outcome['titleId']));
  return { ...sample, titleId, lowerId, graphic: (id: string) => project.find('graphic', id) };
}

describe('title.setFields', () => {
  it('changes several, each as its template has the fields', () => {
    const { project, titleId, lowerId, graphic } = titles();
    apply(project, 's', [
      {
        type: 'title.setFields',
        titleId,
        titleIds: [lowerId],
        fields: { color: '#ffffff', side: 'left' },
      },
    ]);
    expect(graphic(titleId)?.fields).toMatchObject({ color: '#ffffff', title: 'Ann' });
    expect(graphic(titleId)?.fields).not.toHaveProperty('side');
    expect(graphic(lowerId)?.fields).toMatchObject({ color: '#ffffff', side: 'left', name: 'Bob' });
  });

  it('changes none where one refuses', () => {
    const { project, titleId, lowerId, graphic } = titles();
    const fields = { name: 'x'.repeat(81), title: 'y' };
    const command = { type: 'title.setFields', titleId, titleIds: [lowerId], fields };
    expect(refusalOf(project, [command])).toBe('graphics/bad-field');
    expect(graphic(titleId)?.fields['title']).toBe('Ann');
  });

  it('keeps fields of a template that this version does not know', () => {
    const { project, titleId, graphic } = titles();
    project.apply([
      { object: titleId, register: 'template', value: 'ribbon' },
      { object: titleId, register: 'fields', value: { title: 'Ann', ribbon: 'silk' } },
    ]);
    apply(project, 's', [{ type: 'title.setFields', titleId, fields: { title: 'Eve' } }]);
    expect(graphic(titleId)?.fields).toMatchObject({ title: 'Eve', ribbon: 'silk' });
  });
});

describe('title.setTemplate', () => {
  it('keeps the words, colours and times, and back again', () => {
    const { project, titleId, lowerId, graphic } = titles();
    const before = [graphic(titleId), graphic(lowerId)];
    apply(project, 's', [
      { type: 'title.setTemplate', titleId, titleIds: [lowerId], template: 'lowerThird' },
    ]);
    expect(graphic(titleId)).toMatchObject({
      name: 'Ann',
      template: 'lowerThird',
      fields: { name: 'Ann', role: 'Author', color: '#112233', side: 'left' },
      placement: before[0]?.placement,
      duration: before[0]?.duration,
    });
    expect(graphic(titleId)?.fields).not.toHaveProperty('typeface');
    expect(graphic(lowerId)).toEqual(before[1]);
    apply(project, 'b', [{ type: 'title.setTemplate', titleId: lowerId, template: 'title' }]);
    expect(graphic(lowerId)?.fields).toMatchObject({
      title: 'Bob',
      subtitle: 'Baker',
      accent: '#445566',
    });
  });

  it('keeps a name of its own, and changes that of the template', () => {
    const { project, timelineId, titleId, graphic } = titles();
    apply(project, 'n', [
      { type: 'clip.rename', clipId: titleId, name: 'Opening' },
      { type: 'title.setTemplate', titleId, template: 'lowerThird' },
    ]);
    expect(graphic(titleId)?.name).toBe('Opening');
    const made = apply(project, 'e', [
      { type: 'title.add', timelineId, at: '900f', fields: { title: '' } },
    ]);
    const emptyId = String(made.outcomes[0]?.['titleId']);
    apply(project, 'f', [{ type: 'title.setTemplate', titleId: emptyId, template: 'lowerThird' }]);
    expect(graphic(emptyId)?.name).toBe('Lower third');
  });

  it('refuses words that are too long for the template, and locked tracks', () => {
    const { project, titleId, graphic } = titles();
    apply(project, 'l', [{ type: 'title.setFields', titleId, fields: { title: 'x'.repeat(100) } }]);
    const command = { type: 'title.setTemplate', titleId, template: 'lowerThird' };
    expect(refusalOf(project, [command])).toBe('graphics/bad-field');
    const trackId = graphic(titleId)?.placement.trackId ?? '';
    apply(project, 'k', [{ type: 'track.set', trackId, locked: true }]);
    expect(refusalOf(project, [command])).toBe('edit/track-locked');
    expect(refusalOf(project, [{ ...command, type: 'title.setFields', fields: {} }])).toBe(
      'edit/bad-command',
    );
  });
});
