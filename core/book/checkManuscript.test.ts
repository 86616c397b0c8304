import { expect, it } from 'vitest';
import { checkManuscript } from './checkManuscript.ts';
import { parseMarkdown } from './parseMarkdown.ts';

const metadata = {
  title: 'T',
  authors: ['A'],
  language: 'en',
  identifier: 'urn:uuid:0b0f6c0e-5d0e-4c53-9e0b-0f3f0c7b1a11',
  description: 'D',
};

function check(markdown: string, over: Partial<typeof metadata> = {}): string[] {
  let count = 0;
  const { chapters } = parseMarkdown(markdown, () => {
    count += 1;
    return `b${count}`;
  });
  return checkManuscript({ metadata: { ...metadata, ...over }, chapters }).map(
    (finding) => `${finding.severity} ${finding.id} ${finding.where}`,
  );
}

it('finds nothing in a clean chapter', () => {
  expect(check('# One\n\n“Clean,” she said. `"code"` is code.\n\n![A lamp](a.png)')).toEqual([]);
});

it('names what is wrong and where', () => {
  expect(check('# One\n\nTwo  spaces, "straight", lost[^9].\n\n![](a.png)\n\n# Empty')).toEqual([
    'warning footnote One',
    'error picture-description One',
    'warning double-space One',
    'info straight-quotes One',
    'warning empty-chapter Empty',
  ]);
  expect(check('', { title: ' ', authors: [] })).toEqual([
    'error title book',
    'error author book',
    'error chapters book',
  ]);
});
