import type { ReactNode } from 'react';
import type { TimelineFormat } from '#core/model/entities.ts';
import type { ExportOverrides, ExportSettings } from '#core/render/settings.ts';

export type SettingsProps = {
  settings: ExportSettings;
  format: TimelineFormat;
  onChange: (change: ExportOverrides) => void;
};

/** Settings that belong together, two in a row. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="grid gap-2">
      <h3 className="text-xs font-semibold text-muted">{title}</h3>
      <div className="grid items-start gap-x-3 gap-y-2.5 md:grid-cols-2">{children}</div>
    </section>
  );
}
