import { isLanguage, patternRule, type Rule } from '../rule.ts';

const TIGHT_EM = ['en-US', 'en-CA'];
const DIALOGUE = [
  'fr',
  'es',
  'ca',
  'it',
  'pt',
  'pl',
  'ru',
  'uk',
  'be',
  'ro',
  'hu',
  'sv',
  'fi',
  'nb',
  'nn',
  'no',
  'da',
  'el',
  'cs',
  'sk',
  'tr',
];
/** Languages that set the long dash between clauses with spaces. */
const SPACED_EM = ['ru', 'uk', 'be', 'es', 'ca', 'fr', 'it', 'pl', 'pt', 'bg'];

/** The dash between clauses as a language sets it where the text has none yet. */
function clauseDash(language: string, isSpaced: boolean): string {
  if (isLanguage(language, TIGHT_EM)) return '—';
  if (isLanguage(language, SPACED_EM)) return isSpaced ? ' — ' : '—';
  return isSpaced ? ' – ' : '—';
}

/** Hyphens, dashes and minus signs. */
export const dashRules: readonly Rule[] = [
  patternRule(
    {
      id: 'dash/double-hyphen',
      severity: 'warning',
      title: 'Two hyphens stand for a dash.',
      why: 'They are left from typewriters; books have dashes.',
      mend: 'Use a dash.',
    },
    {
      needs: '-',
      pattern: /(?<!-) ?(?<![-<!])--(?![->]) ?/gu,
      instead: ([signs], language) => {
        const isSpaced = signs.startsWith(' ') && signs.endsWith(' ');
        const isOneSided = !isSpaced && signs.length > 2;
        if (isOneSided) return signs.replace('--', '—');
        return clauseDash(language, isSpaced);
      },
    },
  ),
  patternRule(
    {
      id: 'dash/hyphen-as-dash',
      severity: 'warning',
      title: 'A hyphen with spaces stands for a dash.',
      why: 'A hyphen joins words; a dash parts clauses. The short sign is lost in the line.',
      mend: 'Use a dash.',
    },
    {
      needs: '-',
      pattern: /(?<=[\p{L}\p{N}.,!?”’)…])[ \u00A0]-[ \u00A0](?=[\p{L}\p{N}“‘(«„])/gu,
      instead: (_, language) => clauseDash(language, true),
      except: ({ index }, { prose }) =>
        /\d$/u.test(prose.slice(0, index)) && /^\d/u.test(prose.slice(index + 3)),
    },
  ),
  patternRule(
    {
      id: 'dash/range',
      severity: 'warning',
      title: 'A hyphen stands between two numbers of a range.',
      why: 'From–to is written with the longer dash.',
      mend: 'Use –.',
    },
    {
      needs: '-',
      pattern: /(?<![\p{L}\d.,/:+-])(\d{1,4})-(\d{1,4})(?![\p{L}\d/:-]|[.,]\d)/gu,
      instead: ([, from = '', to = '']) => `${from}–${to}`,
      // A later number that is smaller is no range but a number of another kind, unless it is cut short (1914-18).
      except: ([, from = '', to = '']) =>
        (from.length === 3 && to.length === 4) ||
        (to.length > from.length
          ? Number(to) <= Number(from)
          : from.length === to.length
            ? Number(from) >= Number(to)
            : from.length < 3 || to.length < 2),
    },
  ),
  patternRule(
    {
      id: 'dash/range-spaces',
      severity: 'info',
      title: 'Spaces stand around the dash of a range.',
      why: 'A range of numbers is set without spaces, so that it stays on one line.',
      mend: 'Remove the spaces.',
    },
    {
      needs: '–',
      pattern: /(?<![\d.,–])(?<!– )(\d{1,4}) – (\d{1,4})(?![\d\p{L}]| –|[.,:]\d)/gu,
      instead: ([, from = '', to = '']) => `${from}–${to}`,
      except: ([, from = '', to = '']) => Number(from) >= Number(to),
    },
  ),
  patternRule(
    {
      id: 'dash/range-em',
      severity: 'warning',
      title: 'A long dash stands between two numbers of a range.',
      why: 'The long dash parts clauses; from–to takes the shorter one.',
      mend: 'Use –.',
      exceptLanguages: ['ru', 'uk', 'be', 'zh', 'ja', 'ko'],
    },
    { needs: '—', pattern: /(?<=\d)—(?=\d)/gu, instead: '–' },
  ),
  patternRule(
    {
      id: 'dash/minus',
      severity: 'info',
      title: 'A hyphen stands for a minus sign.',
      why: 'The hyphen is too short for numbers and may be left alone at the end of a line.',
      mend: 'Use −.',
    },
    {
      needs: '-',
      pattern:
        /(?<=^|[\s(\u00A0])-(?=\d{1,6}(?:[.,]\d{1,6})?(?:[ \u00A0\u202F]?[°%]|[\s),;.]|$))/gu,
      instead: '−',
    },
  ),
  patternRule(
    {
      id: 'dash/run',
      severity: 'warning',
      title: 'A row of hyphens or dashes stands in the text.',
      why: 'Drawn lines break anywhere and are read out one by one.',
      mend: 'Use one dash; for a blanked-out name, two long ones.',
    },
    {
      needs: '-–—',
      pattern: /(?<![-–—])(?:-{3,200}|–{3,200}|—{3,200})(?![-–—])/gu,
      instead: '—',
      except: ([signs], { prose }) => signs.length === prose.trim().length,
    },
  ),
  patternRule(
    {
      id: 'dash/two-en',
      severity: 'warning',
      title: 'Two short dashes stand for a long one.',
      why: 'They leave a gap in the middle and may be parted at the end of a line.',
      mend: 'Use one long dash.',
    },
    { needs: '–', pattern: /(?<!–)––(?!–)/gu, instead: '—' },
  ),
  patternRule(
    {
      id: 'dash/one-sided',
      severity: 'warning',
      title: 'A dash has a space on one side only.',
      why: 'A dash between words has spaces on both sides or on none.',
      mend: 'Make both sides alike.',
      exceptLanguages: ['es', 'ca', 'pt'],
    },
    {
      needs: '–—',
      pattern: /(?<=\p{L}) [–—](?=\p{L})|(?<=\p{L})[–—] (?=\p{L})/gu,
      // A dash in speech that breaks off keeps a space behind it, and a dialogue dash one before the line.
      except: ([signs], { prose }) => signs.endsWith(' ') && /[“”«»]/u.test(prose),
    },
  ),
  patternRule(
    {
      id: 'dash/dialogue',
      severity: 'warning',
      title: 'A hyphen begins a line of dialogue.',
      why: 'Dialogue is opened by a dash, which is longer.',
      mend: 'Use a dash.',
      languages: DIALOGUE,
    },
    {
      needs: '-',
      fields: ['text'],
      pattern: /^-[ \u00A0]?(?=\p{Lu}|[¿¡«…])/gu,
      instead: (_, language) =>
        isLanguage(language, ['es', 'ca'])
          ? '—'
          : isLanguage(language, ['sv', 'nb', 'nn', 'no', 'da', 'fi', 'cs', 'sk'])
            ? '–\u00A0'
            : '—\u00A0',
    },
  ),
  patternRule(
    {
      id: 'dash/dialogue-gap',
      severity: 'info',
      title: 'A space stands behind the dash that opens Spanish dialogue.',
      why: 'Spanish books set the dash close to the first word.',
      mend: 'Remove the space.',
      languages: ['es', 'ca'],
    },
    { needs: '—', fields: ['text'], pattern: /(?<=^—)[ \u00A0]+(?=[\p{L}¿¡«…])/gu, instead: '' },
  ),
  patternRule(
    {
      id: 'dash/dialogue-space',
      severity: 'info',
      title: 'The space behind the dash of a dialogue is missing or may break.',
      why: 'The dash and the first word stand together, with a space that keeps its width.',
      mend: 'Put a no-break space there.',
      languages: ['fr', 'ru', 'uk', 'be', 'pl'],
    },
    {
      needs: '–—',
      fields: ['text'],
      pattern: /(?<=^[–—])(?:(?=[\p{L}«…])| )/gu,
      instead: '\u00A0',
    },
  ),
  patternRule(
    {
      id: 'dash/torn-word',
      severity: 'warning',
      title: 'A space stands beside the hyphen of a word.',
      why: 'Words that were broken at the end of a line keep the gap when the text is pasted.',
      mend: 'Close the gap, or use a dash.',
      languages: ['en', 'es', 'pt', 'it', 'fr', 'ru', 'pl', 'cs'],
    },
    {
      needs: '-',
      pattern: /(?<=\p{Ll}{2})- (?=\p{Ll}{2})|(?<=\p{Ll}{2}) -(?=\p{Ll}{2})/gu,
      // “Two- and three-legged”: the hyphen of a word that is finished later.
      except: ({ index, 0: signs }, { prose }) =>
        signs.startsWith('-') &&
        /^(?:and|or|to|nor|but|as|through|y|e|o|u|et|ou|ni|i|a|и|или|lub|oraz|nebo)(?!\p{L})/u.test(
          prose.slice(index + 2, index + 12),
        ),
    },
  ),
  patternRule(
    {
      id: 'dash/bar',
      severity: 'info',
      title: 'A horizontal bar stands for a dash.',
      why: 'It looks like a long dash but is another sign, which many fonts lack.',
      mend: 'Use —.',
      exceptLanguages: ['el', 'zh', 'ja', 'ko'],
    },
    { needs: '\u2015', pattern: /\u2015/gu, instead: '—' },
  ),
  patternRule(
    {
      id: 'dash/minus-in-word',
      severity: 'warning',
      title: 'A minus sign or figure dash joins two words.',
      why: 'Words are joined by hyphens; the sign of mathematics breaks searching.',
      mend: 'Use a hyphen.',
    },
    { needs: '−‒', pattern: /(?<=\p{L})[−‒](?=\p{L})/gu, instead: '-' },
  ),
  patternRule(
    {
      id: 'dash/unicode-hyphen',
      severity: 'info',
      title: 'A special hyphen stands for the ordinary one.',
      why: 'It looks the same, but searching does not find it and many fonts lack it.',
      mend: 'Use the ordinary hyphen.',
    },
    { needs: '\u2010\u2043', pattern: /[\u2010\u2043]/gu, instead: '-' },
  ),
  patternRule(
    {
      id: 'dash/comma',
      severity: 'info',
      title: 'A comma stands beside a dash.',
      why: 'Modern books use the one or the other.',
      mend: 'Keep the dash or the comma.',
      languages: ['en'],
    },
    { needs: '–—', pattern: /,[ ]?[–—](?=[ ]?\p{L})|(?<=\p{L})[–—],/gu },
  ),
];
