import { marksOf, textRun } from '../../book/inlines.ts';
import type { TextRun } from '../../book/manuscript.ts';
import type { Passage } from '../passage.ts';
import { chapterRule, type Rule, type RuleInfo, type Spot, textRule } from '../rule.ts';
import { withInlines } from '../withInlines.ts';

const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_eid|mc_cid|igshid|yclid|_hsenc|_hsmi|ref_src|twclid)$/iu;

/** A finding for each run whose link `is`, with the mended link. */
function linkRule(
  info: RuleInfo,
  is: (link: string, run: TextRun) => boolean,
  mended?: (link: string) => string,
): Rule {
  return chapterRule(info, (chapter) =>
    chapter.passages.flatMap((passage) =>
      passage.runs.flatMap(({ start, end, run }): Spot[] => {
        const { link } = run;
        if (link === undefined || !is(link, run)) return [];
        return [
          {
            chapterId: chapter.id,
            blockId: passage.block?.id,
            passage,
            start,
            end,
            note: link,
            ...(mended && relinked(passage, is, mended)),
          },
        ];
      }),
    ),
  );
}

function relinked(
  passage: Passage,
  is: (link: string, run: TextRun) => boolean,
  mended: (link: string) => string,
): Pick<Spot, 'becomes'> {
  if (passage.block === null) return {};
  const inlines = passage.inlines.map((inline) =>
    inline.kind === 'text' && inline.link !== undefined && is(inline.link, inline)
      ? textRun(inline.text, { ...marksOf(inline), link: mended(inline.link) })
      : inline,
  );
  const block = withInlines(passage.block, passage.inlines, inlines);
  return block === null ? {} : { becomes: [block] };
}

/** The query of a link in parts: before it, its pairs, and what follows. */
function queryOf(link: string): { head: string; pairs: string[]; tail: string } {
  const at = link.indexOf('?');
  if (at < 0) return { head: link, pairs: [], tail: '' };
  const hash = link.indexOf('#', at);
  const end = hash < 0 ? link.length : hash;
  return {
    head: link.slice(0, at),
    pairs: link.slice(at + 1, end).split('&'),
    tail: link.slice(end),
  };
}

const isTracked = (pair: string) => TRACKING.test(pair.split('=')[0] ?? '');
const hostOf = (link: string) => /^https?:\/\/([^/?#:]+)/iu.exec(link)?.[1]?.toLowerCase() ?? '';

function untracked(link: string): string {
  const { head, pairs, tail } = queryOf(link);
  const kept = pairs.filter((pair) => !isTracked(pair));
  return head + (kept.length > 0 ? `?${kept.join('&')}` : '') + tail;
}

/** Links and addresses. */
export const linkRules: readonly Rule[] = [
  textRule(
    {
      id: 'link/bare-address',
      severity: 'info',
      title: 'An address of the web is plain text.',
      why: 'Readers on a screen cannot follow it.',
      mend: 'Make a link of it.',
    },
    {
      fields: ['text'],
      needs: ':.',
      find({ text, runs, block }) {
        if (block?.kind === 'code') return [];
        return [...text.matchAll(/https?:\/\/[^\s<>“”"]{4,500}/giu)].flatMap(
          ({ 0: address, index }) => {
            const run = runs.find(({ start, end }) => index >= start && index < end)?.run;
            return run?.link !== undefined || run?.code
              ? []
              : [{ start: index, end: index + address.length }];
          },
        );
      },
    },
  ),
  linkRule(
    {
      id: 'link/tracking',
      severity: 'warning',
      title: 'A link tells where its reader came from.',
      why: 'Such parameters follow readers around; a book should not.',
      mend: 'Remove them.',
    },
    (link) => queryOf(link).pairs.some(isTracked),
    untracked,
  ),
  linkRule(
    {
      id: 'link/not-secure',
      severity: 'info',
      title: 'A link is not secure.',
      why: 'Reading systems warn of http links, and some do not open them.',
      mend: 'Use https, if the site has it.',
    },
    (link) => /^http:/iu.test(link) && !isLocal(link),
  ),
  linkRule(
    {
      id: 'link/vague-words',
      severity: 'warning',
      title: 'The words of a link do not say where it leads.',
      why: 'Screen readers list links by their words alone.',
      mend: 'Let the link stand on words that name its target.',
    },
    (_, run) =>
      /^(?:(?:click|tap|see|look) )?(?:here|this|link|this link|this page|more|read more|website|hier|mehr|ici|aquí|qui|тут|здесь)[.!]?$/iu.test(
        run.text.trim(),
      ),
  ),
  linkRule(
    {
      id: 'link/address-as-words',
      severity: 'info',
      title: 'The words of a link are its long address.',
      why: 'Voices read it out sign by sign, and it breaks badly.',
      mend: 'Let the link stand on the name of its target.',
    },
    (_, run) => /^https?:\/\/\S{40,}$/iu.test(run.text.trim()),
  ),
  linkRule(
    {
      id: 'link/local',
      severity: 'error',
      title: 'A link leads to a computer of your own.',
      why: 'Nobody else can follow it.',
      mend: 'Link to the public address, or remove the link.',
    },
    isLocal,
  ),
  linkRule(
    {
      id: 'link/example',
      severity: 'warning',
      title: 'A link leads to an example address.',
      why: 'The names of examples lead nowhere by agreement.',
      mend: 'Put the real address in.',
    },
    (link) => /^(?:www\.)?example\.(?:com|net)$/iu.test(hostOf(link)),
  ),
  linkRule(
    {
      id: 'link/shortened',
      severity: 'info',
      title: 'A link goes through a shortening service.',
      why: 'Such services come and go, and hide where the link leads.',
      mend: 'Link to the target itself.',
    },
    (link) =>
      /^(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|ow\.ly|is\.gd|buff\.ly|rebrand\.ly|amzn\.to)$/iu.test(
        hostOf(link),
      ),
  ),
  linkRule(
    {
      id: 'link/punctuation',
      severity: 'info',
      title: 'The words of a link end with a punctuation mark.',
      why: 'The mark belongs to the sentence, not to the link.',
      mend: 'Let the link end before it.',
    },
    (_, run) =>
      /[\p{L}\p{N}][.,;:]$/u.test(run.text) && !/^https?:/iu.test(run.text) && run.text.length < 80,
  ),
];

function isLocal(link: string): boolean {
  return /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\]|10\.\d{1,3}\.\d{1,3}\.\d{1,3}|192\.168\.\d{1,3}\.\d{1,3}|[^.]+\.local)$/iu.test(
    hostOf(link),
  );
}
