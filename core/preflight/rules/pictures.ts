import type { Picture } from '../../book/manuscript.ts';
import {
  bookRule,
  chapterRule,
  type ChapterView,
  patternRule,
  type Rule,
  type RuleInfo,
  type Spot,
} from '../rule.ts';

function pictures(chapter: ChapterView): Picture[] {
  return chapter.placed.flatMap(({ block }) => (block.kind === 'image' ? [block] : []));
}

/** A finding for each picture that `is`. */
function pictureRule(info: RuleInfo, is: (picture: Picture) => boolean): Rule {
  return chapterRule(info, (chapter) =>
    pictures(chapter)
      .filter(is)
      .map((picture) => spotOf(chapter, picture)),
  );
}

function spotOf(chapter: ChapterView, picture: Picture): Spot {
  return {
    chapterId: chapter.id,
    blockId: picture.id,
    excerpt: picture.alt.trim() === '' ? picture.source : picture.alt,
    ...(picture.alt.trim() !== '' && { note: `The picture is “${picture.source}”.` }),
  };
}

const nameOf = (path: string) =>
  (path.split(/[\\/]/u).at(-1) ?? path).replace(/\.[a-z0-9]{2,5}$/iu, '');

/** Pictures and what is said of them for those who do not see them. */
export const pictureRules: readonly Rule[] = [
  pictureRule(
    {
      id: 'picture/no-description',
      severity: 'error',
      title: 'A picture has no description.',
      why: 'Who cannot see it learns nothing of it, and the law of many countries asks for one.',
      mend: 'Say what it shows and why it stands here.',
    },
    ({ alt, decorative }) => alt.trim() === '' && !decorative,
  ),
  pictureRule(
    {
      id: 'picture/file-name',
      severity: 'error',
      title: 'A picture is described by its file name.',
      why: 'A screen reader reads out “DSC underscore zero zero one”.',
      mend: 'Say what it shows.',
    },
    ({ alt, source }) =>
      alt.trim() !== '' &&
      (/^\S{1,200}\.(?:jpe?g|png|gif|svg|webp|tiff?|bmp)$/iu.test(alt.trim()) ||
        /^(?:IMG|DSC|DSCN|PXL|image|img|photo|screenshot)[ _-]?\d{1,12}$/iu.test(alt.trim()) ||
        (alt.trim().toLowerCase() === nameOf(source).toLowerCase() && /[\d_-]/u.test(alt))),
  ),
  patternRule(
    {
      id: 'picture/image-of',
      severity: 'info',
      title: 'A description begins with “picture of”.',
      why: 'Screen readers say that it is a picture before they read the description.',
      mend: 'Begin with what it shows.',
      languages: ['en'],
      changesWords: true,
    },
    {
      fields: ['alt'],
      pattern:
        /^(?:(?:an?|the|this) )?(?:image|picture|photo|photograph|graphic|illustration)(?: (?:of|showing|shows) )(?=\S)(?:(an?|the) )?(\S)/giu,
      instead: ([, article = '', letter = '']) => {
        if (article === '') return letter.toUpperCase();
        return `${article.charAt(0).toUpperCase()}${article.slice(1)} ${letter}`;
      },
    },
  ),
  bookRule(
    {
      id: 'picture/same-description',
      severity: 'warning',
      title: 'Different pictures have the same description.',
      why: 'Who cannot see them cannot tell them apart.',
      mend: 'Say what is different in each.',
    },
    ({ chapters }) => {
      const seen = new Map<string, string>();
      return chapters.flatMap((chapter) =>
        pictures(chapter).flatMap((picture) => {
          const alt = picture.alt.trim().toLowerCase();
          const first = seen.get(alt);
          if (alt === '') return [];
          if (first === undefined) seen.set(alt, picture.source);
          return first === undefined || first === picture.source ? [] : [spotOf(chapter, picture)];
        }),
      );
    },
  ),
  pictureRule(
    {
      id: 'picture/same-as-caption',
      severity: 'warning',
      title: 'A description only repeats the caption.',
      why: 'Screen readers read out both.',
      mend: 'Let the description say what is to be seen.',
    },
    ({ alt, caption }) =>
      caption !== undefined &&
      alt.trim() !== '' &&
      alt.trim().toLowerCase() === caption.trim().toLowerCase(),
  ),
  pictureRule(
    {
      id: 'picture/long-description',
      severity: 'info',
      title: 'A description has more than four hundred characters.',
      why: 'A description cannot be paused or gone back in by many screen readers.',
      mend: 'Say the essence there, and the rest in the text.',
    },
    ({ alt }) => alt.length > 400,
  ),
  pictureRule(
    {
      id: 'picture/empty-words',
      severity: 'warning',
      title: 'A description says nothing.',
      why: 'That it is a picture is what the screen reader says anyway.',
      mend: 'Say what it shows.',
    },
    ({ alt }) =>
      /^(?:an? |the )?(?:image|picture|photo|photograph|figure|illustration|graphic|diagram|chart|map|logo|screenshot|untitled|bild|abbildung|image|foto|imagen|immagine|рисунок|placeholder|alt(?: text)?|description|\.|-|\?)[ .\d]{0,6}$/iu.test(
        alt.trim(),
      ),
  ),
];
