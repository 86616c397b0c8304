/** Endings that British English spells otherwise than the American dictionary. */
const ENDINGS: readonly [RegExp, string][] = [
  [/our(?=(?:s|ed|ing|ful|less|able|ite|ites|hood|ly|er|ers|y|ism)?$)/, 'or'],
  [/is(?=(?:e|es|ed|ing|er|ers|ation|ations|able)$)/, 'iz'],
  [/ys(?=(?:e|es|ed|ing|er|ers)$)/, 'yz'],
  [/re(?=(?:s|d)?$)/, 'er'],
  [/ll(?=(?:ed|ing|er|ers|or|ors)$)/, 'l'],
  [/l(?=(?:ment|ments|ful|fully)$)/, 'll'],
  [/ogue(?=s?$)/, 'og'],
  [/enc(?=(?:e|es)$)/, 'ens'],
  [/ae|oe/, 'e'],
  [/^grey/, 'gray'],
  [/^tyre(?=s?$)/, 'tire'],
  [/^kerb/, 'curb'],
  [/^plough/, 'plow'],
  [/^pyjama/, 'pajama'],
  [/^cheque/, 'check'],
  [/^storey/, 'story'],
  [/^mould/, 'mold'],
  [/^moustache/, 'mustache'],
  [/^sceptic/, 'skeptic'],
  [/^practis/, 'practic'],
  [/wards$/, 'ward'],
];

/** What a word of British English would be in the American dictionary, where the two differ by a rule. */
export function americanForms(word: string): string[] {
  return ENDINGS.flatMap(([ending, american]) =>
    ending.test(word) ? [word.replace(ending, american)] : [],
  );
}
