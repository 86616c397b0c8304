import { Play, Square } from 'lucide-react';
import type { Book } from '#core/model/entities.ts';
import { flushEdits } from '../../client/flush.ts';
import { projectStore, useOpenProject } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { useBookState } from '../bookState.ts';
import { useSample } from './useSample.ts';

/** Lets a person hear a sentence of the chapter that is open as the narration will have it. */
export function SampleButton({ book, voice }: { book: Book; voice: string | undefined }) {
  const { projectId } = useOpenProject();
  const chapterId = useBookState((state) => state.chapterId);
  const sample = useSample();
  const isPlaying = sample.state === 'playing';
  const listen = async () => {
    flushEdits();
    await projectStore.settled();
    await sample.play({
      projectId,
      bookId: book.id,
      ...(chapterId === null ? {} : { chapterId }),
      ...(voice === undefined ? {} : { voice }),
    });
  };
  return (
    <Button
      icon={isPlaying ? Square : Play}
      disabled={sample.state === 'speaking'}
      onClick={() => {
        if (isPlaying) sample.stop();
        else void listen();
      }}
    >
      {isPlaying ? 'Stop' : 'Listen to a sentence'}
    </Button>
  );
}
