import { useState } from 'react';
import type { RecentProject } from './recentProject.ts';

/** The picture of a project: a frame of its film, or its name set as a title card or a book cover. */
export function ProjectCover({ project }: { project: RecentProject }) {
  const [failed, setFailed] = useState<string>();
  if (project.poster !== undefined && project.poster !== failed && !project.missing) {
    return (
      <img
        src={project.poster}
        alt=""
        // It is made in the background, and may not be there yet.
        onError={() => setFailed(project.poster)}
        className="aspect-video w-full bg-app object-cover"
      />
    );
  }
  const isBook = project.durationFlicks === 0 && project.words > 0;
  return isBook ? <BookCover name={project.name} /> : <TitleCard name={project.name} />;
}

function BookCover({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="flex aspect-video items-center justify-center bg-app font-serif text-on-track"
    >
      <span className="flex aspect-2/3 h-[86%] flex-col justify-between rounded-sm bg-track-graphics px-2 py-4 text-center">
        <span className="line-clamp-5 text-xs leading-snug font-semibold break-words">{name}</span>
        <span className="mx-auto h-px w-6 bg-current opacity-50" />
      </span>
    </span>
  );
}

/** A title over the cross and rings of a film leader. */
function TitleCard({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="relative flex aspect-video items-end overflow-hidden bg-raised p-4"
    >
      <svg
        viewBox="0 0 320 180"
        fill="none"
        stroke="currentColor"
        className="absolute inset-0 size-full text-line"
      >
        <path d="M0 90h320M160 0v180" />
        <circle cx="160" cy="90" r="64" />
        <circle cx="160" cy="90" r="72" />
      </svg>
      <span className="relative line-clamp-2 text-lg leading-tight font-semibold tracking-tight break-words">
        {name}
      </span>
    </span>
  );
}
