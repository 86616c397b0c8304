import { W_NAMESPACE, XML_HEAD } from './docxParts.ts';
import { INDENT } from './docxStyles.ts';

const LEVELS = 9;
const BULLETS = 1;
const NUMBERS = 2;

/** The lists of a document. All lists of bullets are one list; each numbered list counts for itself. */
export class Numbering {
  readonly #starts: number[] = [];

  /** The id by which the paragraphs of a list name it. */
  listId(start: number | undefined): number {
    if (start === undefined) return BULLETS;
    this.#starts.push(start);
    return BULLETS + this.#starts.length;
  }

  xml(): string {
    const numbered = this.#starts.map((start, index) => {
      const overrides = Array.from(
        { length: LEVELS },
        (_, level) =>
          `<w:lvlOverride w:ilvl="${level}"><w:startOverride w:val="${start}"/></w:lvlOverride>`,
      );
      return `<w:num w:numId="${BULLETS + index + 1}"><w:abstractNumId w:val="${NUMBERS}"/>${overrides.join('')}</w:num>`;
    });
    return `${XML_HEAD}<w:numbering ${W_NAMESPACE}>${list(BULLETS, 'bullet', () => '•')}${list(NUMBERS, 'decimal', (level) => `%${level + 1}.`)}<w:num w:numId="${BULLETS}"><w:abstractNumId w:val="${BULLETS}"/></w:num>${numbered.join('')}</w:numbering>`;
  }
}

function list(id: number, format: string, text: (level: number) => string): string {
  const levels = Array.from(
    { length: LEVELS },
    (_, level) =>
      `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text(level)}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="${INDENT * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>`,
  );
  return `<w:abstractNum w:abstractNumId="${id}"><w:multiLevelType w:val="multilevel"/>${levels.join('')}</w:abstractNum>`;
}

/** How deep lists can be indented. */
export const MAX_LIST_LEVEL = LEVELS - 1;
