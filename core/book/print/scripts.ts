/** What a script asks of the page of a book that is written in it, and the face that has its letters. */
export type ScriptStyle = {
  /** As Typst knows it. */
  family: string;
  /** Its characters, the inside of a class of a regular expression. */
  letters: string;
  /** ISO 15924. */
  codes: readonly string[];
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
    codes: ['Arab'],
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
    codes: ['Hebr'],
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
    codes: ['Jpan', 'Hrkt', 'Hira', 'Kana', 'Hani', 'Hans', 'Hant'],
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
    codes: ['Deva'],
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
  const code = codeOf(language);
  return SCRIPT_NAMES.find((name) => SCRIPTS[name].codes.some((one) => one === code)) ?? null;
}

function codeOf(language: string): string | undefined {
  try {
    return new Intl.Locale(language).maximize().script;
  } catch {
    return undefined;
  }
}

/** How a script is set. */
export function scriptStyle(script: Script): ScriptStyle {
  return SCRIPTS[script];
}
