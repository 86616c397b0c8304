import { isLanguage, patternRule, type Rule, textRule, type Hit } from '../rule.ts';

const CJK = ['zh', 'ja', 'ko'];
const WIDE: Readonly<Record<string, string>> = {
  ',': '，',
  '.': '。',
  '!': '！',
  '?': '？',
  ':': '：',
  ';': '；',
  '(': '（',
  ')': '）',
};

/** Ellipses, marks that repeat or miss, signs that letters stand for. */
export const punctuationRules: readonly Rule[] = [
  patternRule(
    {
      id: 'punct/ellipsis',
      severity: 'warning',
      title: 'Three full stops stand for an ellipsis.',
      why: 'Three stops may be parted at the end of a line and are read out one by one.',
      mend: 'Use ….',
      exceptLanguages: CJK,
    },
    { needs: '.', pattern: /(?<!\.)\.{3}(?!\.)/gu, instead: '…' },
  ),
  patternRule(
    {
      id: 'punct/spaced-ellipsis',
      severity: 'warning',
      title: 'An ellipsis is typed with spaces between its stops.',
      why: 'It may be parted at the end of a line.',
      mend: 'Use ….',
    },
    { needs: '.', pattern: /(?<!\. ?)\.(?: \.){2,3}(?! ?\.)/gu, instead: '…' },
  ),
  patternRule(
    {
      id: 'punct/many-dots',
      severity: 'info',
      title: 'More dots than an ellipsis has stand in a row.',
      why: 'An ellipsis has three dots; a row of them is read as a leader or a slip.',
      mend: 'Use …, or end the sentence before it.',
    },
    {
      needs: '.…',
      pattern: /\.{4,200}|…{2,200}|…\.+|\.…/gu,
      instead: (_, language) => (isLanguage(language, CJK) ? null : '…'),
      except: (_m, _p, language) => isLanguage(language, CJK),
    },
  ),
  patternRule(
    {
      id: 'punct/two-stops',
      severity: 'warning',
      title: 'Two full stops stand in a row.',
      why: 'A sentence ends with one.',
      mend: 'Keep one.',
    },
    {
      needs: '.',
      pattern: /(?<=[\p{L}\p{N}”’)])\.\.(?!\.)/gu,
      instead: '.',
      except: ({ index }, { prose }) =>
        prose.charAt(index - 1) === '.' || prose.charAt(index + 2) === '/',
    },
  ),
  patternRule(
    {
      id: 'punct/two-commas',
      severity: 'warning',
      title: 'The same mark stands twice.',
      why: 'One of them was typed by mistake.',
      mend: 'Keep one.',
    },
    {
      needs: ',;:',
      pattern: /(?<=[\p{L}\p{N}”’)]),,+|;;+|(?<=\p{L})::+(?=\s)/gu,
      instead: ([marks]) => marks.charAt(0),
    },
  ),
  patternRule(
    {
      id: 'punct/shouting-marks',
      severity: 'info',
      title: 'Exclamation or question marks stand in a row.',
      why: 'One mark says it; several belong into messages, not books.',
      mend: 'Keep one.',
    },
    { needs: '!?', pattern: /!{2,200}|\?{2,200}/gu, instead: ([marks]) => marks.charAt(0) },
  ),
  patternRule(
    {
      id: 'punct/mixed-row',
      severity: 'info',
      title: 'Question and exclamation marks alternate.',
      why: 'A question that is cried out has one mark of each at most.',
      mend: 'Keep ?!.',
    },
    { needs: '!', pattern: /(?:\?!|!\?)[?!]{1,200}/gu, instead: '?!' },
  ),
  patternRule(
    {
      id: 'punct/comma-and-stop',
      severity: 'warning',
      title: 'A comma and a full stop stand together.',
      why: 'One of them was typed by mistake.',
      mend: 'Keep the one that is meant.',
    },
    { needs: ',;', pattern: /[,;]\.(?!\.)/gu, instead: '.' },
  ),
  patternRule(
    {
      id: 'punct/stop-after-mark',
      severity: 'warning',
      title: 'A full stop or comma stands behind a question or exclamation mark.',
      why: 'The mark ends the sentence already.',
      mend: 'Remove it.',
      exceptLanguages: ['es', 'ca'],
    },
    { needs: '!?', pattern: /(?<=[\p{L}][!?])\.(?!\.)/gu, instead: '' },
  ),
  textRule(
    {
      id: 'punct/no-end',
      severity: 'info',
      title: 'A long paragraph ends without a mark.',
      why: 'The end of the sentence may have been lost.',
      mend: 'Finish the sentence, or add its mark.',
      exceptLanguages: ['th', 'km', 'lo', 'my'],
    },
    {
      fields: ['text'],
      find({ prose, block, isInNote }): Hit[] {
        if (block?.kind !== 'paragraph' || isInNote || prose.length < 200) return [];
        if (!/[\p{L}\p{N}]$/u.test(prose)) return [];
        // The close of a letter: “Yours ever”.
        const last = /[^.!?…]*$/u.exec(prose.slice(-400))?.[0] ?? '';
        if (last.split(' ').length < 9) return [];
        return [
          { start: Math.max(0, prose.lastIndexOf(' ', prose.length - 12) + 1), end: prose.length },
        ];
      },
    },
  ),
  patternRule(
    {
      id: 'punct/inverted-question',
      severity: 'warning',
      title: 'A Spanish question is not opened.',
      why: 'Spanish questions and exclamations are opened by an inverted mark.',
      mend: 'Put ¿ or ¡ where the question begins.',
      languages: ['es', 'gl', 'ast'],
    },
    {
      needs: '?!',
      pattern: /[?!]/gu,
      except: ({ index, 0: mark }, { prose }) => {
        const from = Math.max(0, index - 600);
        const before = prose.slice(from, index);
        const opened = Math.max(before.lastIndexOf('¿'), before.lastIndexOf('¡'));
        const closed = Math.max(before.lastIndexOf('?'), before.lastIndexOf('!'));
        return (
          opened > closed ||
          (closed === before.length - 1 && closed >= 0) ||
          (from > 0 && opened < 0) ||
          mark === ''
        );
      },
    },
  ),
  patternRule(
    {
      id: 'punct/ordinal',
      severity: 'warning',
      title: 'A number has the wrong ending.',
      why: 'First, second, third: 1st, 2nd, 3rd, and 11th to 13th.',
      mend: 'Use the ending that is spoken.',
      languages: ['en'],
      changesWords: true,
    },
    {
      needs: '0',
      pattern: /(?<![\p{L}\d.,])(\d{1,9})(st|nd|rd|th)(?![\p{L}\d])/gu,
      instead: ([, digits = '']) => digits + ordinalEnding(digits),
      except: ([, digits = '', ending]) => ordinalEnding(digits) === ending,
    },
  ),
  patternRule(
    {
      id: 'punct/fraction',
      severity: 'info',
      title: 'A common fraction is typed with a slash.',
      why: 'The book fonts have ½, ¼ and ¾, which stay together and are read out rightly.',
      mend: 'Use the sign of the fraction.',
      changesWords: true,
    },
    {
      needs: '/',
      pattern: /(?<![\d/.,\p{L}-])(?:(\d{1,4})[ \u00A0])?(1\/2|1\/4|3\/4)(?![\d/\p{L}-])/gu,
      instead: ([, whole = '', part]) =>
        whole + (part === '1/2' ? '½' : part === '1/4' ? '¼' : '¾'),
    },
  ),
  patternRule(
    {
      id: 'punct/times-sign',
      severity: 'info',
      title: 'The letter x stands between two numbers.',
      why: 'Sizes and products have a sign of their own.',
      mend: 'Use ×.',
      changesWords: true,
    },
    {
      needs: '0',
      pattern:
        /(?<=(?<![\p{L}\d])\d{1,6}(?:[.,]\d{1,3})?(?: (?:cm|mm|m|in|px))?)( ?)[xX]( ?)(?=\d)/gu,
      instead: ([, before = '', after = '']) =>
        before === '' && after === '' ? '×' : '\u00A0×\u00A0',
      except: ({ index }, { prose }) =>
        /(?<!\d)0$/u.test(prose.slice(Math.max(0, index - 2), index)),
    },
  ),
  textRule(
    {
      id: 'punct/prime',
      severity: 'info',
      title: 'A straight mark stands for feet, inches, minutes or seconds.',
      why: 'Measures have primes; straight marks are taken for quotation marks.',
      mend: 'Use ′ and ″.',
    },
    {
      needs: '\'"',
      find({ prose }): Hit[] {
        const hits: Hit[] = [];
        for (const match of prose.matchAll(
          /(?<=(?<![\p{L}\d’'])\d{1,3}(?:\.\d)?)'(?= ?\d{1,2}(?:\.\d)?["″])|(?<=\d['′] ?\d{1,2}(?:\.\d)?)"/gu,
        )) {
          const { index } = match;
          hits.push({ start: index, end: index + 1, instead: match[0] === '"' ? '″' : '′' });
        }
        const doubles = [...prose.matchAll(/"/gu)].map(({ index }) => index);
        const [only] = doubles;
        // A single mark behind a number can be no quotation.
        if (
          doubles.length === 1 &&
          only !== undefined &&
          /(?<![\p{L}\d'′“])\d{1,3}(?:\.\d{1,2})?$/u.test(
            prose.slice(Math.max(0, only - 8), only),
          ) &&
          !prose.includes('“')
        ) {
          hits.push({ start: only, end: only + 1, instead: '″' });
        }
        return hits;
      },
    },
  ),
  patternRule(
    {
      id: 'punct/degree-space',
      severity: 'info',
      title: 'The space of a temperature stands on the wrong side.',
      why: 'The degree sign belongs to the letter: 20 °C.',
      mend: 'Move the space before the sign.',
    },
    { needs: '°', pattern: /(?<=\d)°[ \u00A0]?(?=[CF](?![\p{L}]))/gu, instead: '\u00A0°' },
  ),
  patternRule(
    {
      id: 'punct/typed-sign',
      severity: 'info',
      title: 'Letters in brackets stand for a sign.',
      why: 'The signs © and ™ exist, and voices read them rightly.',
      mend: 'Use the sign.',
      changesWords: true,
    },
    {
      needs: '(',
      pattern: /\(c\)(?=[ \u00A0](?:\d{4}|\p{Lu}))|(?<=\p{L})\((?:tm|TM|r|R)\)(?![\p{L}\p{N}])/gu,
      instead: ([typed]) => (typed === '(c)' ? '©' : /tm/iu.test(typed) ? '™' : '®'),
      except: ([typed], { text }) => typed === '(c)' && /\([abd]\)/u.test(text),
    },
  ),
  patternRule(
    {
      id: 'punct/plus-minus',
      severity: 'info',
      title: 'Plus, slash and minus stand for one sign.',
      why: 'Tolerances have a sign of their own.',
      mend: 'Use ±.',
    },
    { needs: '+', pattern: /\+\/[-–−]/gu, instead: '±' },
  ),
  patternRule(
    {
      id: 'punct/comparison',
      severity: 'info',
      title: 'A sign of a programming language stands between numbers.',
      why: 'Books have ≤, ≥ and ≠.',
      mend: 'Use the sign of mathematics.',
    },
    {
      needs: '<>!',
      pattern: /(?<=[\p{L}\d)][ \u00A0]?)(?:<=|>=|!=)(?=[ \u00A0]?[\d(−-])/gu,
      instead: ([signs]) => (signs === '<=' ? '≤' : signs === '>=' ? '≥' : '≠'),
    },
  ),
  patternRule(
    {
      id: 'punct/era-stops',
      severity: 'info',
      title: 'An era is written with full stops.',
      why: 'AD, BC and CE are set without stops in books of today.',
      mend: 'Remove the stops.',
      languages: ['en'],
    },
    {
      needs: '.',
      pattern:
        /(?<=\d[ \u00A0])(?:A\. ?D\.|B\. ?C\. ?E\.|B\. ?C\.|C\. ?E\.)|(?<!\p{L})A\. ?D\.(?= \d)/gu,
      instead: (match) => {
        const letters = match[0].replace(/[. ]/gu, '');
        const rest = match.input.slice(match.index + match[0].length);
        // At the end of a sentence the stop is its own.
        return rest === '' || /^[”’)]{0,2}(?: \p{Lu}|$)/u.test(rest) ? `${letters}.` : letters;
      },
    },
  ),
  patternRule(
    {
      id: 'punct/underscores',
      severity: 'warning',
      title: 'A line is drawn with underscores.',
      why: 'Voices read out each of them, and the line breaks anywhere.',
      mend: 'Use a scene break, or a dash for what is blanked out.',
    },
    { needs: '_', pattern: /_{2,200}/gu },
  ),
  patternRule(
    {
      id: 'punct/narrow-in-wide',
      severity: 'warning',
      title: 'A Western mark stands behind a Chinese or Japanese character.',
      why: 'East Asian text has full-width marks, which keep the grid.',
      mend: 'Use the full-width mark.',
      languages: ['zh', 'ja'],
    },
    {
      needs: ',.!?:;()',
      pattern:
        /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[,!?:;()](?![\dA-Za-z])|(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])\.(?![.\dA-Za-z])/gu,
      instead: ([mark], language) =>
        mark === ',' && isLanguage(language, ['ja']) ? '、' : (WIDE[mark] ?? null),
    },
  ),
  patternRule(
    {
      id: 'punct/space-in-wide',
      severity: 'warning',
      title: 'A space stands between Chinese or Japanese characters.',
      why: 'East Asian text has no spaces between words.',
      mend: 'Remove the space.',
      languages: ['zh', 'ja'],
    },
    {
      needs: ' ',
      pattern:
        /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。、]) +(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/gu,
      instead: '',
    },
  ),
  patternRule(
    {
      id: 'punct/wide-ellipsis',
      severity: 'warning',
      title: 'An ellipsis is not the one of East Asian text.',
      why: 'Chinese and Japanese books set two signs of three dots each.',
      mend: 'Use ……',
      languages: ['zh', 'ja'],
    },
    { needs: '.…。', pattern: /\.{3,20}|。{3,20}|(?<!…)…(?!…)/gu, instead: '……' },
  ),
  patternRule(
    {
      id: 'punct/arabic-marks',
      severity: 'warning',
      title: 'A Western mark stands in Arabic script.',
      why: 'Comma, semicolon and question mark are turned around in Arabic, Persian and Urdu.',
      mend: 'Use ، ؛ and ؟.',
      languages: ['ar', 'fa', 'ur'],
    },
    {
      needs: ',;?',
      pattern: /(?<=[\p{Script=Arabic}][ ]?)[,;?]/gu,
      instead: ([mark]) => (mark === ',' ? '،' : mark === ';' ? '؛' : '؟'),
    },
  ),
  textRule(
    {
      id: 'punct/bracket',
      severity: 'warning',
      title: 'A bracket has no partner.',
      why: 'Readers look for the other half.',
      mend: 'Add the missing bracket, or remove the lonely one.',
    },
    {
      fields: ['text', 'title', 'caption', 'detail'],
      needs: '()[]{}（）',
      find: ({ prose }) => lonelyBrackets(prose),
    },
  ),
];

function ordinalEnding(digits: string): string {
  if (/1[123]$/u.test(digits)) return 'th';
  const last = digits.at(-1);
  return last === '1' ? 'st' : last === '2' ? 'nd' : last === '3' ? 'rd' : 'th';
}

const PARTNERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '）': '（' };

function lonelyBrackets(prose: string): Hit[] {
  const open: { mark: string; at: number }[] = [];
  const hits: Hit[] = [];
  for (const { 0: mark, index } of prose.matchAll(/[()[\]{}（）]/gu)) {
    const partner = PARTNERS[mark];
    if (partner === undefined) open.push({ mark, at: index });
    else if (open.at(-1)?.mark === partner) open.pop();
    // “a)” and “1)” count a list; “:)” smiles.
    else if (
      !/(?:^|[\s(])(?:\p{L}|\d{1,3}|[ivx]{1,5}|[:;][-–]?)$/u.test(
        prose.slice(Math.max(0, index - 6), index),
      )
    ) {
      hits.push({ start: index, end: index + 1 });
    }
  }
  return [
    ...hits,
    ...open
      .filter(({ at }) => !/[:;]-?$/u.test(prose.slice(Math.max(0, at - 2), at)))
      .map(({ at }) => ({ start: at, end: at + 1 })),
  ].sort((a, b) => a.start - b.start);
}
