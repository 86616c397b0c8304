import { expect, it } from 'vitest';
import { printLabels } from './printLabels.ts';

const numberOf = (title: string) => printLabels([{ id: 'c', title, blocks: [] }])[0]?.number;

it('numbers no chapter whose title says a number, in whatever language', () => {
  const titles = [
    'Chapter 4',
    'IV. Home',
    '第1章',
    '第十二話 港の灯',
    'الفصل ١',
    'פרק א',
    'अध्याय १',
  ];
  for (const title of titles) expect(numberOf(title), title).toBeNull();
  for (const title of ['Home', '港の灯', '第三の男', 'ضوء', 'אור'])
    expect(numberOf(title), title).toBe(1);
});
