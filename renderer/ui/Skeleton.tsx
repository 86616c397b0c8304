/** The place of something that is still loading. Give it the size of what comes. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden="true" className={`animate-wait rounded-md bg-raised ${className}`} />;
}
