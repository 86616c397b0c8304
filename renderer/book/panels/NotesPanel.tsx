import { Check, MessageSquare, RotateCcw, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import { commentsOf } from '#core/edits/books/chapterComments.ts';
import type { ChapterEntity, Comment } from '#core/model/entities.ts';
import { onFlush } from '../../client/flush.ts';
import { projectStore, useOpenProject, useProject } from '../../client/project.ts';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { whenText } from '../../ui/words.ts';
import { useBookState } from '../bookState.ts';
import { goToPlace } from '../writing/goToPlace.ts';
import { useWriting } from '../writing/writingState.ts';

/** What the author noted on the chapter, and the comments on its words. None of it is ever exported. */
export function NotesPanel({ bookId }: { bookId: string }) {
  const wanted = useBookState((state) => state.chapterId);
  const chapters = useProject((project) => chaptersOf(project, bookId), [bookId]);
  const chapter = chapters.find(({ id }) => id === wanted) ?? chapters[0];
  if (chapter === undefined)
    return (
      <EmptyState
        title="No notes yet"
        text="Notes and comments belong to chapters. Add the first chapter."
      />
    );
  return (
    <div className="grid gap-5 px-4 pt-1 pb-6">
      <ChapterNotes key={chapter.id} chapter={chapter} />
      <Comments chapterId={chapter.id} />
    </div>
  );
}

function ChapterNotes({ chapter }: { chapter: ChapterEntity }) {
  const { readOnly } = useOpenProject();
  const stored = chapter.notes ?? '';
  const [text, setText] = useState(stored);
  const live = useRef({ text, stored });
  live.current = { text, stored };
  useEffect(() => setText(stored), [stored]);
  useEffect(() => {
    const commit = () => {
      const now = live.current;
      if (now.text === now.stored) return;
      live.current = { text: now.text, stored: now.text };
      projectStore.edit([{ type: 'chapter.set', chapterId: chapter.id, notes: now.text }]);
    };
    const stop = onFlush(commit);
    return () => {
      stop();
      commit();
    };
  }, [chapter.id]);
  return (
    <TextArea
      label="Notes on this chapter"
      rows={6}
      maxLength={100_000}
      value={text}
      readOnly={readOnly}
      placeholder="What happens, what is still to do"
      onChange={setText}
      onBlur={() => {
        if (text !== stored)
          projectStore.edit([{ type: 'chapter.set', chapterId: chapter.id, notes: text }]);
      }}
    />
  );
}

function Comments({ chapterId }: { chapterId: string }) {
  const comments = useProject((project) => commentsOf(project, chapterId), [chapterId]);
  const [showsSettled, setShowsSettled] = useState(false);
  const open = comments.filter(({ resolved }) => resolved !== true);
  const settled = comments.filter(({ resolved }) => resolved === true);
  const shown = [...open, ...(showsSettled ? settled : [])].sort((a, b) => a.madeAtMs - b.madeAtMs);
  return (
    <section aria-label="Comments">
      <h3 className="mb-2 flex items-center gap-2 text-xs font-semibold text-muted">
        <span className="grow">Comments</span>
        {settled.length > 0 && (
          <button
            type="button"
            className="rounded-sm px-1 font-normal text-faint hover:text-strong"
            onClick={() => setShowsSettled(!showsSettled)}
          >
            {showsSettled ? 'Hide settled' : `Show ${settled.length} settled`}
          </button>
        )}
      </h3>
      {shown.length === 0 ? (
        <EmptyState
          icon={MessageSquare}
          title="No comments"
          text="Choose words in the text and press Ctrl+Alt+M to say something about them."
        />
      ) : (
        <ul className="grid gap-2">
          {shown.map((comment) => (
            <CommentCard key={comment.id} comment={comment} />
          ))}
        </ul>
      )}
    </section>
  );
}

function CommentCard({ comment }: { comment: Comment }) {
  const { readOnly } = useOpenProject();
  const isChosen = useWriting((state) => state.commentId === comment.id);
  const { id, anchor, text, resolved = false, chapterId } = comment;
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isChosen) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  return (
    <li
      ref={card}
      className={classes(
        'group grid gap-1 rounded-md bg-raised p-2.5',
        isChosen && 'ring-1 ring-accent',
        resolved && 'opacity-70',
      )}
    >
      <button
        type="button"
        className="line-clamp-2 rounded-sm border-l-2 border-accent pl-2 text-left font-serif text-xs text-muted italic"
        onClick={() => {
          useWriting.setState({ commentId: id });
          goToPlace(chapterId, anchor.from.blockId, anchor.from.offset, anchor.quote.length);
        }}
      >
        {anchor.quote}
      </button>
      <p data-selectable className="text-sm whitespace-pre-wrap">
        {text}
      </p>
      <p className="flex items-center gap-1 text-xs text-faint">
        <span className="grow">{whenText(comment.madeAtMs)}</span>
        <IconButton
          icon={resolved ? RotateCcw : Check}
          label={resolved ? 'Open again' : 'Settle'}
          size="small"
          disabled={readOnly}
          onClick={() =>
            projectStore.edit([{ type: 'comment.set', commentId: id, resolved: !resolved }])
          }
        />
        <IconButton
          icon={Trash2}
          label="Delete comment"
          size="small"
          disabled={readOnly}
          onClick={() => projectStore.edit([{ type: 'comment.remove', commentId: id }])}
        />
      </p>
    </li>
  );
}
