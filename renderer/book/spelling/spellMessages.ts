/** What the interface asks of the spelling worker. */
export type SpellQuestion = { id: number } & (
  | { kind: 'load'; aff: string; dic: string; own: string[]; isBritish: boolean }
  | { kind: 'check'; words: string[] }
  | { kind: 'suggest'; word: string }
  | { kind: 'add'; word: string }
);

/** What it answers: the misspelt words, or suggestions. */
export type SpellAnswer = { id: number; value: string[] };
