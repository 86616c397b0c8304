import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Static weights only: variable fonts do not embed well in print files. */
const PACKAGES = {
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
} as const;

let read: Buffer[] | undefined;

/** The typefaces of books (SIL Open Font License 1.1), read once from their packages. */
export function bookFonts(): Buffer[] {
  read ??= Object.entries(PACKAGES).flatMap(([folder, { name, styles }]) => {
    const require = createRequire(import.meta.url);
    const home = dirname(require.resolve(`@expo-google-fonts/${folder}/package.json`));
    return styles.map((style) => readFileSync(join(home, style, `${name}_${style}.ttf`)));
  });
  return read;
}
