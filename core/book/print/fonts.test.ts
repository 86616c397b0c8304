import { expect, it } from 'vitest';
import { codeFonts, fontArguments } from './fonts.ts';
import { LATIN_LETTERS } from './letters.ts';

const STAND_INS =
  '"Literata", "EB Garamond", "Libertinus Serif", "Alegreya", "New Computer Modern"';

it('asks the face of the theme first, and then those that stand in for it', () => {
  expect(fontArguments('literata', LATIN_LETTERS)).toBe(`font: (${STAND_INS})`);
  expect(fontArguments('fira', LATIN_LETTERS)).toBe(
    `font: ("Fira Sans", ${STAND_INS}), stretch: 75%`,
  );
});

it('has the main script first, in Japanese after the Latin letters of the theme', () => {
  const arabic = { ...LATIN_LETTERS, lead: 'arabic', direction: 'rtl' } as const;
  expect(fontArguments('literata', arabic)).toContain('font: ("Amiri", "Literata", ');
  const japanese = { ...LATIN_LETTERS, lead: 'cjk' } as const;
  expect(fontArguments('garamond', japanese)).toContain(
    'font: ((name: "EB Garamond", covers: "latin-in-cjk"), "BIZ UDMincho", ',
  );
});

it('takes nothing but letters from the face of another script', () => {
  const quoting = { ...LATIN_LETTERS, others: ['hebrew'] } as const;
  expect(fontArguments('literata', quoting)).toContain(
    '("Literata", (name: "Frank Ruhl Libre", covers: regex("[\\\\u{590}-\\\\u{5FF}\\\\u{FB1D}-\\\\u{FB4F}\\\\u{200C}-\\\\u{200F}\\\\u{2060}]")), ',
  );
  expect(codeFonts(quoting)).toBe('("DejaVu Sans Mono", "Literata", "Frank Ruhl Libre")');
});
