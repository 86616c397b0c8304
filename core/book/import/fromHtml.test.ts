import { describe, expect, it } from 'vitest';
import { fromHtml } from './fromHtml.ts';
import { measureLoss } from './lossMeter.ts';
import { chapterLines } from './meterLine.ts';
import { chapterSchema } from '../manuscript.ts';

function read(html: string) {
  let count = 0;
  const book = fromHtml('page.html', html, { text: () => null }, () => {
    count += 1;
    return `b${count}`;
  });
  const measured = measureLoss({
    source: book.source,
    asides: book.asides,
    book: chapterLines(book.chapters),
  });
  for (const chapter of book.chapters) expect(chapterSchema.safeParse(chapter).success).toBe(true);
  return { ...book, lost: measured.losses, meter: measured.meter };
}

const blocks = (html: string) => read(html).chapters.flatMap((chapter) => chapter.blocks);

describe('fromHtml', () => {
  it('takes a title above chapters for the book’s, and chapters from the headings below it', () => {
    const book = read(
      '<html lang="de"><head><meta name="author" content="Ann"></head><h1>The Lamp</h1><h2>One</h2><p>a<h3>In it</h3><p>b<h2>Two</h2><p>c',
    );
    expect(book.metadata).toEqual({ title: 'The Lamp', authors: ['Ann'], language: 'de' });
    expect(
      book.chapters.map(({ title, blocks: inner }) => [title, inner.map(({ kind }) => kind)]),
    ).toEqual([
      ['One', ['paragraph', 'heading', 'paragraph']],
      ['Two', ['paragraph']],
    ]);
    expect(book.lost).toEqual([]);
  });

  it('reads footnotes that are only raised numbers with links both ways', () => {
    const book = read(
      '<p>One<a id="r1" href="#n1"><sup>1</sup></a> and two<sup><a id="r2" href="#n2">2</a></sup>.</p><hr><ol><li id="n1"><p>First. <a href="#r1">↩</a></p></li><li id="n2"><p>Second <i>note</i>.</p><p>More. <a href="#r2">^</a></p></li></ol>',
    );
    expect(book.chapters[0]?.blocks).toMatchObject([
      {
        inlines: [
          { text: 'One' },
          { kind: 'note', id: 'n1', blocks: [{ inlines: [{ text: 'First.' }] }] },
          { text: ' and two' },
          {
            kind: 'note',
            id: 'n2',
            blocks: [{ kind: 'paragraph' }, { inlines: [{ text: 'More.' }] }],
          },
          { text: '.' },
        ],
      },
    ]);
    expect(book.lost).toEqual([]);
    expect(book.losses).toEqual([]);
  });

  it('keeps what stands between footnotes, and text of notes that nothing calls', () => {
    const book = read(
      '<p>A<a href="#n1" epub:type="noteref">1</a> middle text<a href="#n2" epub:type="noteref">2</a> end.</p><aside epub:type="footnote" id="n1">One.</aside><p>Between.</p><aside epub:type="footnote" id="n2">Two.</aside><aside epub:type="footnote" id="n3">Three.</aside>',
    );
    expect(book.lost).toEqual([]);
    expect(JSON.stringify(book.chapters)).toMatch(/middle text.*Between\..*Three\./s);
  });

  it('reads poems, letters, epigraphs, figures, lists and code for what they are', () => {
    expect(
      blocks(
        '<div class="epigraph"><p>Motto.</p></div><div class="poem"><p>One</p><p>Two</p></div><p>a<br>b</p><div class="letter"><p>Dear</p></div><figure><img src="a.png" alt="A"><figcaption>Cap</figcaption></figure><ol start="3"><li>x<ul><li>y</ul></ol><pre><code class="language-js">a\n  b</code></pre><p style="text-align:right">End</p><p>⁂</p>',
      ),
    ).toMatchObject([
      { kind: 'epigraph' },
      { kind: 'verse', lines: [{}, {}] },
      { kind: 'verse' },
      { kind: 'letter' },
      { kind: 'image', source: 'a.png', alt: 'A', caption: 'Cap' },
      { kind: 'list', start: 3, items: [{ blocks: [{ kind: 'paragraph' }, { kind: 'list' }] }] },
      { kind: 'code', text: 'a\n  b', language: 'js' },
      { kind: 'paragraph', align: 'end' },
      { kind: 'scene-break' },
    ]);
  });

  it('does not take speech for a break', () => {
    for (const text of ['…', '—', '?', 'O', '. . .', 'X', '“…”']) {
      expect(blocks(`<p>${text}</p>`)).toMatchObject([{ kind: 'paragraph' }]);
    }
    for (const text of ['***', '* * *', '#', '~', '• • •', '---', '— — —', '❦', 'o o o']) {
      expect(blocks(`<p>${text}</p>`)).toMatchObject([{ kind: 'scene-break' }]);
    }
  });

  it('survives markup that no program should have written', () => {
    for (const html of [
      '<p><b>a<i>b</b>c</i><table><tr><td>x<p>y</table>z',
      '<ul>loose<li><p></ul><dl><dt>t<dd>d</dl>',
      '<p>a<p><p></div></section><h1></h1><h1>T',
      '<svg><text>in svg</text><p>out</svg>',
      '<math><mi>x</mi></math><ruby>漢<rt>kan</ruby>',
      '<table></table><table><tr></tr></table>',
    ]) {
      expect(read(html).lost).toEqual([]);
    }
  });
});
