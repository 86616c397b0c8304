import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Script } from '#core/book/print/scripts.ts';

/** A folder of `@expo-google-fonts`: what its files are called, and those of its styles that books are set in. */
type FontPackage = { name: string; styles: readonly string[] };

/** Static weights only: variable fonts do not embed well in print files. */
const THEME_FACES: Readonly<Record<string, FontPackage>> = {
  literata: {
    name: 'Literata',
    styles: [
      '400Regular',
      '400Regular_Italic',
      '500Medium',
      '500Medium_Italic',
      '700Bold',
      '700Bold_Italic',
    ],
  },
  'eb-garamond': {
    name: 'EBGaramond',
    styles: ['400Regular', '400Regular_Italic', '500Medium', '700Bold', '700Bold_Italic'],
  },
  alegreya: {
    name: 'Alegreya',
    styles: [
      '400Regular',
      '400Regular_Italic',
      '500Medium',
      '600SemiBold_Italic',
      '700Bold',
      '700Bold_Italic',
      '800ExtraBold',
    ],
  },
  'cormorant-garamond': {
    name: 'CormorantGaramond',
    styles: [
      '500Medium',
      '500Medium_Italic',
      '600SemiBold',
      '600SemiBold_Italic',
      '700Bold',
      '700Bold_Italic',
    ],
  },
  'fira-sans-condensed': {
    name: 'FiraSansCondensed',
    styles: [
      '300Light',
      '400Regular',
      '400Regular_Italic',
      '500Medium',
      '500Medium_Italic',
      '600SemiBold',
      '700Bold',
      '800ExtraBold',
    ],
  },
};

/** Of scripts whose letters the faces of themes lack. */
const SCRIPT_FACES: Readonly<Record<Script, Readonly<Record<string, FontPackage>>>> = {
  arabic: {
    amiri: {
      name: 'Amiri',
      styles: ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'],
    },
  },
  hebrew: {
    'frank-ruhl-libre': {
      name: 'FrankRuhlLibre',
      styles: ['300Light', '400Regular', '500Medium', '600SemiBold', '700Bold', '800ExtraBold'],
    },
  },
  cjk: { 'biz-udmincho': { name: 'BIZUDMincho', styles: ['400Regular', '700Bold'] } },
  devanagari: {
    'tiro-devanagari-hindi': {
      name: 'TiroDevanagariHindi',
      styles: ['400Regular', '400Regular_Italic'],
    },
  },
};

const read = new Map<string, Buffer[]>();

/**
 * The typefaces of books (SIL Open Font License 1.1), read once from their packages: those of themes, then those of scripts
 * that words of the book are in. Most books need none of these, and some are large.
 */
export function bookFonts(scripts: readonly Script[] = []): Buffer[] {
  const packages = [THEME_FACES, ...scripts.map((script) => SCRIPT_FACES[script])];
  return packages.flatMap((faces) =>
    Object.entries(faces).flatMap(([folder, about]) => {
      const fonts = read.get(folder) ?? readPackage(folder, about);
      read.set(folder, fonts);
      return fonts;
    }),
  );
}

function readPackage(folder: string, { name, styles }: FontPackage): Buffer[] {
  const require = createRequire(import.meta.url);
  const home = dirname(require.resolve(`@expo-google-fonts/${folder}/package.json`));
  return styles.map((style) => readFileSync(join(home, style, `${name}_${style}.ttf`)));
}
