import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import type { MeterLine } from './meterLine.ts';

type Node = ReturnType<typeof fromMarkdown>['children'][number];

/** Placeholder until marks of Markdown are metered. */
export function* markdownLines(text: string, where: string): Generator<MeterLine> {
  const root = fromMarkdown(text, {
    extensions: [gfmFootnote()],
    mdastExtensions: [gfmFootnoteFromMarkdown()],
  });
  const textOf = (node: Node): string =>
    'children' in node
      ? node.children.map(textOf).join('')
      : node.type === 'html'
        ? ''
        : 'value' in node
          ? node.value
          : '';
  for (const node of root.children) yield { where, runs: [{ text: textOf(node), marks: 0 }] };
}
