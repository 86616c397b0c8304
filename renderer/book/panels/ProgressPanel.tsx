import { useState } from 'react';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import { writingDaysOf } from '#core/edits/books/writingProgress.ts';
import { chapterWords } from '../../app/projectFacts.ts';
import { projectStore, useOpenProject, useProject } from '../../client/project.ts';
import { Progress } from '../../ui/Progress.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { countText, durationText, plural } from '../../ui/words.ts';
import { useBookState } from '../bookState.ts';
import { dayOf, daysUpTo, streakOf } from './progress.ts';

/** What people read in a minute (Brysbaert 2019: 238 words of English prose). */
const WORDS_A_MINUTE = 238;
const DAYS_SHOWN = 28;

/** How far the book is: words, goals, today, and the days before. */
export function ProgressPanel({ bookId }: { bookId: string }) {
  const { readOnly } = useOpenProject();
  const book = useProject((project) => project.find('book', bookId), [bookId]);
  const chapters = useProject((project) => chaptersOf(project, bookId), [bookId]);
  const days = useProject((project) => writingDaysOf(project, bookId), [bookId]);
  const wanted = useBookState((state) => state.chapterId);
  if (book === undefined) return null;
  const { language } = book.metadata;
  const counts = chapters.map((chapter) => chapterWords(chapter, language));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const index = Math.max(
    0,
    chapters.findIndex(({ id }) => id === wanted),
  );
  const today = dayOf(new Date());
  const written = new Map(days.map(({ day, words }) => [day, words]));
  const now = written.get(today) ?? 0;
  const perDay = book.goal?.perDay ?? 0;
  const whole = book.goal?.words ?? 0;
  return (
    <div className="grid gap-5 px-4 pt-1 pb-6">
      <dl className="grid grid-cols-2 gap-x-3 gap-y-2.5">
        <Fact name="Book" value={plural(total, 'word')} />
        <Fact name="Reading time" value={readingTime(total)} />
        <Fact name="This chapter" value={plural(counts[index] ?? 0, 'word')} />
        <Fact name="Reading time" value={readingTime(counts[index] ?? 0)} />
        <Fact name="Today" value={plural(now, 'word')} />
        <Fact name="Days in a row" value={countText(streakOf(written, today, perDay))} />
      </dl>
      {whole > 0 && <Towards name="The book" now={total} goal={whole} />}
      {perDay > 0 && <Towards name="Today" now={now} goal={perDay} />}
      <DayBars words={written} today={today} goal={perDay} />
      <fieldset disabled={readOnly} className="grid gap-3">
        <legend className="mb-2 text-xs font-semibold text-muted">Goals, in words</legend>
        <GoalField
          key={`whole ${whole}`}
          label="The book"
          value={whole}
          onCommit={(words) => projectStore.edit([{ type: 'book.setGoal', bookId, words }])}
        />
        <GoalField
          key={`daily ${perDay}`}
          label="A day"
          value={perDay}
          onCommit={(words) => projectStore.edit([{ type: 'book.setGoal', bookId, perDay: words }])}
        />
      </fieldset>
    </div>
  );
}

function readingTime(words: number): string {
  return words === 0 ? '–' : durationText(Math.max(1, Math.round(words / WORDS_A_MINUTE)) * 60_000);
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="text-xs text-faint">{name}</dt>
      <dd className="text-sm tabular-nums">{value}</dd>
    </div>
  );
}

function Towards({ name, now, goal }: { name: string; now: number; goal: number }) {
  const share = Math.min(1, Math.max(0, now / goal));
  return (
    <div className="grid gap-1">
      <p className="flex text-xs text-muted">
        <span className="grow">{name}</span>
        <span className="tabular-nums">
          {countText(now)} of {countText(goal)}
        </span>
      </p>
      <Progress label={`${name}: ${countText(now)} of ${plural(goal, 'word')}`} value={share} />
    </div>
  );
}

/** What was written on each of the last days; a line marks the goal of a day. */
function DayBars({
  words,
  today,
  goal,
}: {
  words: ReadonlyMap<string, number>;
  today: string;
  goal: number;
}) {
  const days = daysUpTo(today, DAYS_SHOWN);
  const counts = days.map((day) => Math.max(0, words.get(day) ?? 0));
  const most = Math.max(1, goal, ...counts);
  const written = counts.filter((count) => count > 0);
  const text =
    written.length === 0
      ? 'Nothing was written in the last four weeks.'
      : `In the last four weeks ${plural(
          written.reduce((sum, count) => sum + count, 0),
          'word',
        )} on ${plural(written.length, 'day')}.`;
  return (
    <figure className="grid gap-1.5">
      <div aria-hidden className="relative flex h-16 items-end gap-0.5">
        {days.map((day, index) => (
          <span
            key={day}
            title={`${day}: ${plural(counts[index] ?? 0, 'word')}`}
            className={`min-h-0.5 grow rounded-t-sm ${day === today ? 'bg-accent' : 'bg-edge'}`}
            style={{ height: `${((counts[index] ?? 0) / most) * 100}%` }}
          />
        ))}
        {goal > 0 && (
          <span
            className="absolute inset-x-0 border-t border-dashed border-muted"
            style={{ bottom: `${(goal / most) * 100}%` }}
          />
        )}
      </div>
      <figcaption className="text-xs text-faint">{text}</figcaption>
    </figure>
  );
}

function GoalField({
  label,
  value,
  onCommit,
}: {
  label: string;
  value: number;
  onCommit: (words: number | null) => void;
}) {
  const [text, setText] = useState(value === 0 ? '' : String(value));
  const words = text.trim() === '' ? null : Number(text.replace(/[\s,.]/g, ''));
  const isGood = words === null || (Number.isInteger(words) && words > 0 && words <= 10_000_000);
  const commit = () => {
    if (isGood && (words ?? 0) !== value) onCommit(words);
  };
  return (
    <TextField
      label={label}
      layout="row"
      inputMode="numeric"
      placeholder="None"
      value={text}
      error={isGood ? undefined : 'Write a whole number, or nothing.'}
      onChange={setText}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}
