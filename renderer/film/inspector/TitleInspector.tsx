import { resolveFields, type TemplateField, TEMPLATES } from '#core/graphics/templates.ts';
import type { Graphic, Timeline } from '#core/model/entities.ts';
import { settle } from '#core/fault.ts';
import { projectStore } from '../../client/project.ts';
import { Select } from '../../ui/Select.tsx';
import { ColorField } from './ColorField.tsx';
import { Group } from './Group.tsx';
import { ItemTimes } from './ItemTimes.tsx';
import { WordsField } from './WordsField.tsx';

/** A title or lower third: its words and its look, as its template asks. */
export function TitleInspector({ graphic, timeline }: { graphic: Graphic; timeline: Timeline }) {
  const template = TEMPLATES[graphic.template === 'lowerThird' ? 'lowerThird' : 'title'];
  const resolved = settle(() => resolveFields(template.id, graphic.fields));
  const fields = resolved.ok ? resolved.value : graphic.fields;
  const set = (key: string, value: string) =>
    void projectStore.edit([
      { type: 'title.setFields', titleId: graphic.id, fields: { [key]: value } },
    ]);
  return (
    <>
      <Group title={template.name}>
        {template.fields.map((field, index) => (
          <TemplateControl
            key={field.key}
            field={field}
            value={fields[field.key] ?? field.default}
            isOptional={index > 0}
            onCommit={(value) => set(field.key, value)}
          />
        ))}
      </Group>
      <Group title="Time">
        <ItemTimes item={graphic} timeline={timeline} />
      </Group>
    </>
  );
}

function TemplateControl(props: {
  field: TemplateField;
  value: string;
  isOptional: boolean;
  onCommit: (value: string) => void;
}) {
  const { field, value, onCommit } = props;
  switch (field.kind) {
    case 'text':
      return (
        <WordsField
          label={field.label}
          value={value}
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
