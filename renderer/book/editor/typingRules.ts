import {
  InputRule,
  inputRules,
  textblockTypeInputRule,
  wrappingInputRule,
} from '@tiptap/pm/inputrules';
import type { NodeType, Schema } from '@tiptap/pm/model';
import { type Plugin, TextSelection } from '@tiptap/pm/state';
import { smartTyped } from './typography.ts';

/** What signs at the beginning of a line make of it, and signs within it of themselves. */
export function typingRules(
  schema: Schema,
  language: () => string,
  isSmart: () => boolean,
): Plugin {
  const type = (name: string): NodeType => {
    const found = schema.nodes[name];
    if (found === undefined) throw new Error(`The editor has no node “${name}”.`);
    return found;
  };
  return inputRules({
    rules: [
      textblockTypeInputRule(/^(#{1,5})\s$/, type('heading'), ([, signs = '']) => ({
        level: signs.length,
      })),
      textblockTypeInputRule(/^```$/, type('codeBlock')),
      wrappingInputRule(/^\s*>\s$/, type('blockquote')),
      wrappingInputRule(
        /^\s*[-*]\s$/,
        type('list'),
        { start: null },
        (_, node) => node.attrs['start'] === null,
      ),
      wrappingInputRule(
        /^\s*(\d{1,4})[.)]\s$/,
        type('list'),
        ([, number]) => ({ start: Number(number) }),
        ([, number], node) =>
          node.attrs['start'] !== null &&
          node.childCount + Number(node.attrs['start']) === Number(number),
      ),
      sceneBreakRule(type('sceneBreak'), type('paragraph')),
      smartRule(language, isSmart),
    ],
  });
}

/** Three asterisks alone on a line break the scene. */
function sceneBreakRule(sceneBreak: NodeType, paragraph: NodeType): InputRule {
  return new InputRule(/^\s*(?:\*\*\*|\* \* \*)$/, (state, _match, start) => {
    const { $from } = state.selection;
    const at = state.doc.resolve(start);
    const isWhole = $from.parent === at.parent && $from.pos === $from.end();
    if (!isWhole || at.parent.type !== paragraph) return null;
    const change = state.tr.replaceWith(at.before(), at.after(), [
      sceneBreak.create(),
      paragraph.create(),
    ]);
    return change.setSelection(TextSelection.near(change.doc.resolve(at.before() + 2)));
  });
}

function smartRule(language: () => string, isSmart: () => boolean): InputRule {
  return new InputRule(/[^\s]$|[\s]$/u, (state, [sign = ''], start, end) => {
    if (!isSmart() || sign.length !== 1) return null;
    const at = state.doc.resolve(start);
    const from = Math.max(0, at.parentOffset - 40);
    const before = at.parent.textBetween(from, at.parentOffset, undefined, '\ufffc');
    const smart = smartTyped(before, sign, language());
    if (smart === null) return null;
    const marks = state.storedMarks ?? state.selection.$from.marks();
    if (marks.some((mark) => mark.type.name === 'code')) return null;
    return state.tr.replaceWith(start - smart.back, end, state.schema.text(smart.text, marks));
  });
}
