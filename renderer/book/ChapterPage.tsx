import { type KeyboardEvent, useRef } from 'react';
import type { ChapterEntity } from '#core/model/entities.ts';
import { useOpenProject } from '../client/project.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { blocksOf } from './chapterText.ts';
import { toggleMark } from './marks.ts';
import { useChapterDraft } from './useChapterDraft.ts';

/** One chapter as a page to write on, in Markdown. */
export function ChapterPage({ chapter }: { chapter: ChapterEntity }) {
  if (blocksOf(chapter) === null) {
    return (
      <EmptyState
        title="This chapter needs a newer Inkreel"
        text="It holds something that this version cannot show. Nothing is lost: open the project with a newer version to go on with it."
      />
    );
  }
  return <WritingPage chapter={chapter} />;
}

function WritingPage({ chapter }: { chapter: ChapterEntity }) {
  const { projectId, readOnly } = useOpenProject();
  const { title, text, change, flush } = useChapterDraft(projectId, chapter);
  const body = useRef<HTMLTextAreaElement>(null);

  function onTitleKey(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    body.current?.focus();
    if (event.key === 'ArrowDown') body.current?.setSelectionRange(0, 0);
  }

  function onBodyKey(event: KeyboardEvent<HTMLTextAreaElement>) {
    const mark = event.ctrlKey || event.metaKey ? MARKS[event.key.toLowerCase()] : undefined;
    if (mark === undefined || event.shiftKey || event.altKey) return;
    event.preventDefault();
    toggleMark(event.currentTarget, mark);
  }

  return (
    <div className="flex min-h-0 grow flex-col overflow-y-auto px-6 pb-6">
      <div className="mx-auto flex w-full max-w-[44rem] grow flex-col rounded-md bg-page px-[clamp(1.5rem,8%,4rem)] pt-14 pb-24 font-serif text-on-page">
        <input
          aria-label="Chapter title"
          placeholder="Chapter title"
          value={title}
          maxLength={500}
          readOnly={readOnly}
          autoComplete="off"
          spellCheck
          onChange={(event) => change({ title: event.target.value })}
          onBlur={flush}
          onKeyDown={onTitleKey}
          className="mb-8 w-full bg-transparent text-xl leading-tight font-semibold outline-offset-8"
        />
        <textarea
          ref={body}
          aria-label="Chapter text"
          placeholder="Write here. A blank line begins a paragraph, *asterisks* set italics, ## begins a heading, * * * breaks the scene."
          value={text}
          readOnly={readOnly}
          spellCheck
          onChange={(event) => change({ text: event.target.value })}
          onBlur={flush}
          onKeyDown={onBodyKey}
          className="field-sizing-content min-h-[50vh] w-full grow resize-none bg-transparent text-[1.0625rem] leading-[1.75rem] outline-none"
        />
      </div>
    </div>
  );
}

const MARKS: Record<string, string> = { i: '*', b: '**' };
