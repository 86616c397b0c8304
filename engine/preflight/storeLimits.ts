import type { Severity } from '#core/preflight/rule.ts';

/** What is measured of a book that goes to a shop. */
export type StoreMeasure =
  | 'epubBytes'
  | 'coverShortSidePx'
  | 'coverLongSidePx'
  | 'picturePixels'
  | 'pictureBytes'
  | 'printPages';

/** A number that a shop holds books to. */
export type StoreLimit = {
  id: string;
  vendor: string;
  measure: StoreMeasure;
  least?: number;
  most?: number;
  severity: Severity;
  /** What the shop says, as a sentence with the number in it. */
  rule: string;
  /** The page that says so. */
  source: string;
};

const MEGABYTE = 1024 * 1024;

const KDP_FILES = 'https://kdp.amazon.com/help/topic/GYEKAVKMSE23PFTM';
const KDP_COVERS = 'https://kdp.amazon.com/en_US/help/topic/G6GTK3T3NUHKLEFX';
const KOBO = 'https://github.com/kobolabs/epub-spec#limitations-and-maximums';
const APPLE = 'https://itunespartner.apple.com/books/support/9-prepare-book';
const APPLE_PICTURES = 'https://help.apple.com/itc/booksassetguide/en.lproj/itca71ad3c33.html';
const GOOGLE = 'https://support.google.com/books/partner/answer/3424254';
const INGRAM = 'https://www.ingramspark.com/plan-your-book/ebooks/epub-guidelines';

/** Limits as the shops publish them for authors; each is one row, so that a changed number is one changed line. */
export const STORE_LIMITS: readonly StoreLimit[] = [
  {
    id: 'store/kindle-size',
    vendor: 'Kindle Direct Publishing',
    measure: 'epubBytes',
    most: 650 * MEGABYTE,
    severity: 'error',
    rule: 'Kindle Direct Publishing takes e-books of at most 650 MB.',
    source: KDP_FILES,
  },
  {
    id: 'store/kindle-cover',
    vendor: 'Kindle Direct Publishing',
    measure: 'coverLongSidePx',
    least: 1_000,
    most: 10_000,
    severity: 'error',
    rule: 'Kindle covers have a height of 1,000 to 10,000 pixels.',
    source: KDP_COVERS,
  },
  {
    id: 'store/kindle-cover-width',
    vendor: 'Kindle Direct Publishing',
    measure: 'coverShortSidePx',
    least: 625,
    most: 10_000,
    severity: 'error',
    rule: 'Kindle covers have a width of 625 to 10,000 pixels.',
    source: KDP_COVERS,
  },
  {
    id: 'store/kobo-size',
    vendor: 'Kobo',
    measure: 'epubBytes',
    most: 1_024 * MEGABYTE,
    severity: 'warning',
    rule: 'Kobo advises against e-books of more than 1 GB.',
    source: KOBO,
  },
  {
    id: 'store/kobo-picture',
    vendor: 'Kobo',
    measure: 'pictureBytes',
    most: 5 * MEGABYTE,
    severity: 'warning',
    rule: 'Kobo advises against pictures of more than 5 MB.',
    source: KOBO,
  },
  {
    id: 'store/apple-size',
    vendor: 'Apple Books',
    measure: 'epubBytes',
    most: 2_048 * MEGABYTE,
    severity: 'error',
    rule: 'Apple Books takes e-books of at most 2 GB.',
    source: APPLE,
  },
  {
    id: 'store/apple-cover',
    vendor: 'Apple Books',
    measure: 'coverShortSidePx',
    least: 1_400,
    severity: 'warning',
    rule: 'Apple Books asks for covers whose short side has at least 1,400 pixels.',
    source: 'iTunes Producer, “Completing the Book Submission”',
  },
  {
    id: 'store/apple-picture',
    vendor: 'Apple Books',
    measure: 'picturePixels',
    most: 5_600_000,
    severity: 'warning',
    rule: 'Apple Books takes pictures of at most 5.6 million pixels.',
    source: APPLE_PICTURES,
  },
  {
    id: 'store/google-size',
    vendor: 'Google Play Books',
    measure: 'epubBytes',
    most: 2_048 * MEGABYTE,
    severity: 'error',
    rule: 'Google Play Books takes e-books of at most 2 GB.',
    source: GOOGLE,
  },
  {
    id: 'store/google-cover',
    vendor: 'Google Play Books',
    measure: 'coverShortSidePx',
    least: 640,
    severity: 'warning',
    rule: 'Google Play Books asks for covers whose short side has at least 640 pixels.',
    source: GOOGLE,
  },
  {
    id: 'store/google-cover-most',
    vendor: 'Google Play Books',
    measure: 'coverLongSidePx',
    most: 7_200,
    severity: 'warning',
    rule: 'Google Play Books takes covers of at most 7,200 pixels a side.',
    source: GOOGLE,
  },
  {
    id: 'store/ingram-size',
    vendor: 'IngramSpark',
    measure: 'epubBytes',
    most: 100 * MEGABYTE,
    severity: 'error',
    rule: 'IngramSpark takes e-books of at most 100 MB.',
    source: INGRAM,
  },
  {
    id: 'store/ingram-cover',
    vendor: 'IngramSpark',
    measure: 'coverLongSidePx',
    least: 2_560,
    severity: 'info',
    rule: 'IngramSpark asks for covers whose long side has at least 2,560 pixels.',
    source: INGRAM,
  },
  {
    id: 'store/ingram-cover-width',
    vendor: 'IngramSpark',
    measure: 'coverShortSidePx',
    least: 1_600,
    severity: 'info',
    rule: 'IngramSpark asks for covers whose short side has at least 1,600 pixels.',
    source: INGRAM,
  },
  {
    id: 'store/ingram-picture',
    vendor: 'IngramSpark',
    measure: 'picturePixels',
    most: 3_200_000,
    severity: 'info',
    rule: 'IngramSpark takes pictures of at most 3.2 million pixels.',
    source: INGRAM,
  },
  {
    id: 'store/kindle-pages',
    vendor: 'Kindle Direct Publishing, paperback',
    measure: 'printPages',
    least: 24,
    most: 828,
    severity: 'info',
    rule: 'A Kindle paperback has 24 to 828 pages.',
    source: 'KDP help, “Print Options”',
  },
  {
    id: 'store/ingram-pages',
    vendor: 'IngramSpark, paperback',
    measure: 'printPages',
    least: 18,
    most: 1_200,
    severity: 'info',
    rule: 'An IngramSpark paperback has 18 to 1,200 pages.',
    source: 'IngramSpark, trim size matrix',
  },
];

/** Limits that a measured value does not keep. */
export function brokenLimits(measure: StoreMeasure, value: number): StoreLimit[] {
  return STORE_LIMITS.filter(
    (limit) =>
      limit.measure === measure &&
      ((limit.least !== undefined && value < limit.least) ||
        (limit.most !== undefined && value > limit.most)),
  );
}
