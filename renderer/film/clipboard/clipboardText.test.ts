import { describe, expect, it } from 'vitest';
import { copyItems } from '#core/clipboard/copyItems.ts';
import { applyEdit } from '#core/edits/applyEdit.ts';
import { idsFrom } from '#core/edits/ids.ts';
import { Project } from '#core/model/project.ts';
import { flicks } from '#core/time/flicks.ts';
import { rate } from '#core/time/rate.ts';
import { clipboardOfText, textOfClipboard } from './clipboardText.ts';

function copied() {
  const project = new Project();
  const format = { frameRate: rate(25), width: 1920, height: 1080, sampleRateHz: 48_000 };
  const applied = applyEdit(
    project,
    [
      { type: 'timeline.create', name: 'Film', format, timelineId: 'film' },
      { type: 'title.add', timelineId: 'film', at: flicks(0), template: 'title' },
    ],
    idsFrom('seed-clipboard'),
  );
  if (!applied.ok) throw new Error(applied.error.message);
  return copyItems(project, [project.all('graphic')[0]?.id ?? '']);
}

describe('copied items as text', () => {
  it('come back as they were, and say in words what they are', () => {
    const text = textOfClipboard(copied());
    expect(text.split('\n')[0]).toMatch(/^Inkreel clips/);
    expect(clipboardOfText(text)).toEqual({ ok: true, value: copied() });
  });

  it('are taken as the command line prints them too', () => {
    expect(clipboardOfText(JSON.stringify(copied(), null, 2))).toEqual({
      ok: true,
      value: copied(),
    });
  });

  it.each([
    ['', 'clipboard/empty'],
    ['  \n', 'clipboard/empty'],
    ['A shopping list', 'clipboard/foreign'],
    ['{"format":"something else"}', 'clipboard/foreign'],
    [textOfClipboard(copied()).slice(0, -20), 'edit/bad-clipboard'],
    [textOfClipboard(copied()).replace('"version":1', '"version":9'), 'edit/bad-clipboard'],
  ])('are refused when they are something else: %j', (text, code) => {
    expect(clipboardOfText(text)).toMatchObject({ ok: false, error: { code } });
  });
});
