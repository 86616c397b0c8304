import { settle } from '#core/fault.ts';
import { resolveFields, type TemplateField, TEMPLATES } from '#core/graphics/templates.ts';
import type { Graphic, Timeline } from '#core/model/entities.ts';
import { projectStore } from '../../client/project.ts';
import { Select } from '../../ui/Select.tsx';
import { Changeable, LockNote } from './Changeable.tsx';
import { common } from './clipTargets.ts';
import { ColorField } from './ColorField.tsx';
import { Group } from './Group.tsx';
import { ItemTimes } from './ItemTimes.tsx';
import { WordsField } from './WordsField.tsx';

type TitleTemplate = 'title' | 'lowerThird';

const TEMPLATE_OPTIONS = (['title', 'lowerThird'] as const).map((value) => ({
  value,
  label: TEMPLATES[value].name,
}));

/** A title or lower third: its words and its look, as its template asks. */
export function TitleInspector({ graphic, timeline }: { graphic: Graphic; timeline: Timeline }) {
  return (
    <Changeable items={[graphic]}>
      <LockNote items={[graphic]} />
      <TitleSettings graphics={[graphic]} />
      <Group title="Time">
        <ItemTimes item={graphic} timeline={timeline} />
      </Group>
    </Changeable>
  );
}

/** The template of titles and what it asks; of several, only the look, which can be set alike. */
export function TitleSettings({ graphics }: { graphics: readonly Graphic[] }) {
  const [first, ...rest] = graphics;
  if (first === undefined) return null;
  const named = { titleId: first.id, titleIds: rest.map(({ id }) => id) };
  const id = common(graphics.map(templateOf));
  const template = id === null ? null : TEMPLATES[id];
  const fields = graphics.map(fieldsOf);
  return (
    <Group title={graphics.length === 1 ? 'Title' : 'Titles'} name="Title">
      <Select
        label="Template"
        layout="row"
        value={id}
        options={TEMPLATE_OPTIONS}
        onChange={(next) =>
          void projectStore.edit([{ type: 'title.setTemplate', ...named, template: next }])
        }
      />
      {template?.fields
        .filter((field) => graphics.length === 1 || field.kind !== 'text')
        .map((field, index) => (
          <TemplateControl
            key={field.key}
            field={field}
            value={common(fields.map((values) => values[field.key] ?? field.default))}
            isOptional={index > 0}
            onCommit={(value) =>
              void projectStore.edit([
                { type: 'title.setFields', ...named, fields: { [field.key]: value } },
              ])
            }
          />
        ))}
    </Group>
  );
}

function templateOf(graphic: Graphic): TitleTemplate {
  return graphic.template === 'lowerThird' ? 'lowerThird' : 'title';
}

function fieldsOf(graphic: Graphic): Readonly<Record<string, string>> {
  const resolved = settle(() => resolveFields(templateOf(graphic), graphic.fields));
  return resolved.ok ? resolved.value : graphic.fields;
}

function TemplateControl(props: {
  field: TemplateField;
  /** Null where several titles differ. */
  value: string | null;
  isOptional: boolean;
  onCommit: (value: string) => void;
}) {
  const { field, value, onCommit } = props;
  switch (field.kind) {
    case 'text':
      return (
        <WordsField
          label={field.label}
          value={value ?? ''}
          maxLength={field.maxLength}
          rows={1}
          isOptional={props.isOptional}
          onCommit={onCommit}
        />
      );
    case 'color':
      return <ColorField label={field.label} value={value} onCommit={onCommit} />;
    case 'choice':
      return (
        <Select
          label={field.label}
          layout="row"
          value={value}
          options={field.options}
          onChange={onCommit}
        />
      );
  }
}
