/** What a script asks of the page of a book that is written in it, and the face that has its letters. */
export type ScriptStyle = {
  /** As Typst knows it. */
  family: string;
  /** Its characters, the inside of a class of a regular expression. */
  letters: string;
  /** As tags of languages name it (ISO 15924), and the languages that are written in it unless they say otherwise. */
  codes: readonly string[];
  languages: readonly string[];
  /** Size of its face beside the sizes of themes, so that pages are as full and read as well. */
  sizeFactor: number;
  leadingFactor: number;
  /** Leading of notes, em of the text. */
  noteLeadingEm: number;
  /** What lines of display type need between them more than Latin ones, em. */
  displayLeadingEm: number;
  /** Width of a usual character, em. */
  charEm: number;
  /** Indent of paragraphs; what is absent is as the theme has it. */
  indentEm?: number;
  /** Where its face has no italics, stress is shown by weight. */
  hasItalics: boolean;
  /** Whether letters hang together, so that no white may come between them. */
  isJoined: boolean;
  /** How Typst numbers chapters in it where a theme has roman numbers. */
  numbering?: string;
};

/**
 * The scripts that have a face of their own, since the faces of themes lack their letters. Ranges are those of Unicode’s
 * blocks, not properties, whose extent changes with the version of Unicode.
 */
export const SCRIPTS = {
  arabic: {
    family: 'Amiri',
    letters:
      '\\u{600}-\\u{6FF}\\u{750}-\\u{77F}\\u{870}-\\u{8FF}\\u{FB50}-\\u{FDFF}\\u{FE70}-\\u{FEFC}',
    codes: ['arab'],
    languages: ['ar', 'ckb', 'fa', 'ks', 'ku', 'ps', 'sd', 'ug', 'ur'],
    sizeFactor: 1.18,
    leadingFactor: 1.18,
    noteLeadingEm: 0.42,
    displayLeadingEm: 0.4,
    charEm: 0.4,
    hasItalics: true,
    isJoined: true,
  },
  hebrew: {
    family: 'Frank Ruhl Libre',
    letters: '\\u{590}-\\u{5FF}\\u{FB1D}-\\u{FB4F}',
    codes: ['hebr'],
    languages: ['he', 'yi'],
    sizeFactor: 1.04,
    leadingFactor: 1.06,
    noteLeadingEm: 0.26,
    displayLeadingEm: 0.08,
    charEm: 0.46,
    hasItalics: false,
    isJoined: false,
    numbering: 'א',
  },
  cjk: {
    family: 'BIZ UDMincho',
    letters:
      '\\u{2E80}-\\u{2FDF}\\u{3000}-\\u{30FF}\\u{3190}-\\u{319F}\\u{31C0}-\\u{4DBF}\\u{4E00}-\\u{9FFF}\\u{F900}-\\u{FAFF}\\u{FE30}-\\u{FE4F}\\u{FF00}-\\u{FFEF}\\u{20000}-\\u{3134F}',
    codes: ['jpan', 'hrkt', 'hira', 'kana', 'hani', 'hans', 'hant'],
    languages: ['ja', 'yue', 'zh'],
    sizeFactor: 0.9,
    leadingFactor: 1.28,
    noteLeadingEm: 0.44,
    displayLeadingEm: 0.3,
    charEm: 1,
    indentEm: 1,
    hasItalics: false,
    isJoined: false,
    numbering: '一',
  },
  devanagari: {
    family: 'Tiro Devanagari Hindi',
    letters: '\\u{900}-\\u{97F}\\u{A8E0}-\\u{A8FF}',
    codes: ['deva'],
    languages: ['hi', 'mr', 'ne', 'sa'],
    sizeFactor: 1,
    leadingFactor: 1.14,
    noteLeadingEm: 0.36,
    displayLeadingEm: 0.3,
    charEm: 0.42,
    hasItalics: true,
    isJoined: true,
  },
} as const satisfies Record<string, ScriptStyle>;
export type Script = keyof typeof SCRIPTS;

const SCRIPT_NAMES = Object.keys(SCRIPTS) as Script[];
const LETTERS_OF = new Map(
  SCRIPT_NAMES.map((name) => [name, new RegExp(`[${SCRIPTS[name].letters}]`, 'u')]),
);

/** Which of the scripts with faces of their own a text has letters of, always in the same order. */
export function scriptsIn(text: string): Script[] {
  return SCRIPT_NAMES.filter((name) => LETTERS_OF.get(name)?.test(text));
}

/** The script that a language (BCP 47) is written in, where it has a face of its own. */
export function scriptOf(language: string): Script | null {
  const [primary = '', ...rest] = language.toLowerCase().split('-');
  const code = rest.find((part) => part.length === 4);
  const isWritten = ({ codes, languages }: ScriptStyle) =>
    code === undefined ? languages.includes(primary) : codes.includes(code);
  return SCRIPT_NAMES.find((name) => isWritten(SCRIPTS[name])) ?? null;
}

/** How a script is set. */
export function scriptStyle(script: Script): ScriptStyle {
  return SCRIPTS[script];
}
