import { BookOpen, Clapperboard, FolderOpen, Glasses, Plus, Sparkle } from 'lucide-react';
import { chooseProject, openSample, startProject } from '../app/openings.ts';
import { useEngineQuery } from '../client/query.ts';
import { chooseBookToRead } from '../reader/openToRead.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { FirstLaunch } from './FirstLaunch.tsx';
import { ProjectCard } from './ProjectCard.tsx';
import { ReadingList } from './ReadingList.tsx';

const GRID = 'grid grid-cols-[repeat(auto-fill,minmax(min(16.5rem,100%),1fr))] gap-x-5 gap-y-6';

/** Projects, newest first, and the ways to begin. */
export function HomeRoom() {
  const recent = useEngineQuery('project.recent', {}, { staleTime: 0 });
  const projects = recent.data?.projects;
  if (projects?.length === 0) return <FirstLaunch />;
  return (
    <div className="h-full overflow-y-auto bg-panel">
      <div className="flex flex-col px-8 pt-6 pb-10">
        <header className="mb-5 flex flex-wrap items-center gap-2">
          <h1 className="grow text-lg font-semibold">Projects</h1>
          <Button look="quiet" icon={FolderOpen} onClick={() => void chooseProject()}>
            Open…
          </Button>
          <Button look="quiet" icon={Glasses} onClick={() => void chooseBookToRead()}>
            Open a book to read…
          </Button>
          <Menu
            align="end"
            items={[
              { label: 'New film', icon: Clapperboard, run: () => void startProject('film') },
              { label: 'New book', icon: BookOpen, run: () => void startProject('book') },
              { kind: 'line' },
              { label: 'Sample project', icon: Sparkle, run: () => void openSample() },
            ]}
          >
            <Button look="primary" icon={Plus}>
              New project
            </Button>
          </Menu>
        </header>
        {recent.isError && (
          <EmptyState
            title="The list of projects could not be read"
            text={recent.error.fault.message}
            actions={<Button onClick={() => void recent.refetch()}>Try again</Button>}
          />
        )}
        {recent.isPending && <Loading />}
        {projects && (
          <ul className={GRID}>
            {projects.map((project) => (
              <li key={project.path} className="min-w-0">
                <ProjectCard project={project} />
              </li>
            ))}
          </ul>
        )}
        <ReadingList />
      </div>
    </div>
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading projects" className={GRID}>
      {['a', 'b', 'c', 'd'].map((key) => (
        <div key={key}>
          <Skeleton className="aspect-video w-full" />
          <Skeleton className="mt-2 h-4 w-2/3" />
          <Skeleton className="mt-2 h-3 w-1/3" />
        </div>
      ))}
    </div>
  );
}
