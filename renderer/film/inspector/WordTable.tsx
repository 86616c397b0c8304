import { Scissors, Timer, X } from 'lucide-react';
import { spreadWords, wordSpans } from '#core/captions/captionWords.ts';
import type { Cue, CueWord } from '#core/model/entities.ts';
import { type Flicks, flicksFromSeconds, secondsFromFlicks, ZERO } from '#core/time/flicks.ts';
import { projectStore } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { NumberInput } from '../../ui/NumberInput.tsx';
import { Group } from './Group.tsx';

/** The words of a caption one below the other, with the seconds at which each is spoken; split before any of them. */
export function WordTable({ cue }: { cue: Cue }) {
  const { words } = cue;
  const texts = words?.map((word) => word.text) ?? splitText(cue.text);
  const setWords = (next: CueWord[] | null) =>
    void projectStore.edit([{ type: 'caption.setWords', captionId: cue.id, words: next }]);
  const setTime = (index: number, change: Partial<CueWord>) =>
    words && setWords(words.map((word, at) => (at === index ? { ...word, ...change } : word)));
  return (
    <Group
      title="Words"
      name="Caption words"
      isFolded
      actions={
        words !== undefined && (
          <IconButton
            size="small"
            icon={X}
            label="Forget when the words are spoken"
            onClick={() => setWords(null)}
          />
        )
      }
    >
      <table className="-mx-1 w-[calc(100%+0.5rem)] border-separate border-spacing-x-1 border-spacing-y-0.5 text-xs">
        <thead>
          <tr className="text-left text-faint">
            <th scope="col" className="font-normal">
              Word
            </th>
            {words !== undefined && (
              <>
                <th scope="col" className="w-[3.75rem] font-normal">
                  From, s
                </th>
                <th scope="col" className="w-[3.75rem] font-normal">
                  To, s
                </th>
              </>
            )}
            <th scope="col" className="w-6">
              <span className="sr-only">Split</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {texts.map((text, index) => (
            <tr key={`${index}-${text}`}>
              <th scope="row" className="h-6 text-left font-normal wrap-anywhere text-strong">
                {text}
              </th>
              {words !== undefined && (
                <WordTimes
                  text={text}
                  times={words[index] ?? { start: ZERO, end: ZERO }}
                  within={{ from: words[index - 1]?.end ?? ZERO, to: cue.duration }}
                  onChange={(change) => setTime(index, change)}
                />
              )}
              <td>
                {index > 0 && (
                  <IconButton
                    size="small"
                    icon={Scissors}
                    label={`Split before “${text}”`}
                    onClick={() =>
                      void projectStore.edit([
                        { type: 'caption.split', captionId: cue.id, word: index },
                      ])
                    }
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {words === undefined && (
        <Button
          icon={Timer}
          size="small"
          className="h-7 self-start"
          onClick={() => setWords(spreadWords(cue.text, ZERO, cue.duration))}
        >
          Time the words
        </Button>
      )}
    </Group>
  );
}

/** When a word begins and ends, in seconds of the caption. */
function WordTimes(props: {
  text: string;
  times: { start: Flicks; end: Flicks };
  within: { from: Flicks; to: Flicks };
  onChange: (change: { start?: Flicks; end?: Flicks }) => void;
}) {
  const { text, times, within, onChange } = props;
  const field = (label: string, time: Flicks, range: { min: Flicks; max: Flicks }) => ({
    'aria-label': `“${text}” ${label}, in seconds of the caption`,
    value: secondsFromFlicks(time),
    min: secondsFromFlicks(range.min),
    max: secondsFromFlicks(range.max),
    step: 0.05,
    typedStep: 0.001,
    format: (value: number) => value.toFixed(2),
  });
  return (
    <>
      <td>
        <NumberInput
          {...field('begins', times.start, { min: within.from, max: times.end })}
          onCommit={(seconds) => onChange({ start: flicksFromSeconds(seconds) })}
        />
      </td>
      <td>
        <NumberInput
          {...field('ends', times.end, { min: times.start, max: within.to })}
          onCommit={(seconds) => onChange({ end: flicksFromSeconds(seconds) })}
        />
      </td>
    </>
  );
}

function splitText(text: string): string[] {
  return wordSpans(text).map(({ from, to }) => text.slice(from, to));
}
