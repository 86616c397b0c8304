import { z } from 'zod';
import { refuse } from '../fault.ts';
import { type Flicks, flicksFromSeconds } from '../time/flicks.ts';

/** Names of the graphics that can be put on a graphics or caption track. */
export const templateIdSchema = z.enum(['title', 'lowerThird', 'caption']);
export type TemplateId = z.infer<typeof templateIdSchema>;

/** What the user typed or chose, by field key. Missing keys mean the field's default. */
export const graphicFieldsSchema = z.record(z.string(), z.string());
export type GraphicFields = z.infer<typeof graphicFieldsSchema>;

/** One thing about a graphic that the user can change. */
export type TemplateField =
  | { kind: 'text'; key: string; label: string; default: string; maxLength: number }
  /** `#RRGGBB`, in either case. */
  | { kind: 'color'; key: string; label: string; default: string }
  | {
      kind: 'choice';
      key: string;
      label: string;
      default: string;
      options: readonly { value: string; label: string }[];
    };

/** A kind of graphic: what can be changed about it and how it moves. */
export type GraphicTemplate = {
  id: TemplateId;
  name: string;
  fields: readonly TemplateField[];
  defaultDuration: Flicks;
  /** Length of the entrance in milliseconds; 0 when the graphic is simply there. */
  enterMs: number;
  /** Length of the exit in milliseconds; 0 when the graphic is simply gone. */
  exitMs: number;
};

const PAPER = '#F6F1E7';
const AMBER = '#F2B33D';

const TEXT_COLOR: TemplateField = {
  kind: 'color',
  key: 'color',
  label: 'Text colour',
  default: PAPER,
};
const ACCENT_COLOR: TemplateField = {
  kind: 'color',
  key: 'accent',
  label: 'Accent colour',
  default: AMBER,
};

/** Every graphic there is, by id. */
export const TEMPLATES: Readonly<Record<TemplateId, GraphicTemplate>> = {
  title: {
    id: 'title',
    name: 'Title',
    defaultDuration: flicksFromSeconds(4),
    enterMs: 700,
    exitMs: 400,
    fields: [
      { kind: 'text', key: 'title', label: 'Title', default: 'Title', maxLength: 120 },
      { kind: 'text', key: 'subtitle', label: 'Subtitle', default: '', maxLength: 160 },
      {
        kind: 'choice',
        key: 'typeface',
        label: 'Typeface',
        default: 'serif',
        options: [
          { value: 'serif', label: 'Literata' },
          { value: 'sans', label: 'Inter' },
        ],
      },
      {
        kind: 'choice',
        key: 'align',
        label: 'Placement',
        default: 'center',
        options: [
          { value: 'center', label: 'Centre' },
          { value: 'start', label: 'Left' },
        ],
      },
      TEXT_COLOR,
      ACCENT_COLOR,
    ],
  },
  lowerThird: {
    id: 'lowerThird',
    name: 'Lower third',
    defaultDuration: flicksFromSeconds(5),
    enterMs: 600,
    exitMs: 350,
    fields: [
      { kind: 'text', key: 'name', label: 'Name', default: 'Name', maxLength: 80 },
      { kind: 'text', key: 'role', label: 'Role', default: '', maxLength: 120 },
      {
        kind: 'choice',
        key: 'side',
        label: 'Side',
        default: 'left',
        options: [
          { value: 'left', label: 'Left' },
          { value: 'right', label: 'Right' },
        ],
      },
      TEXT_COLOR,
      ACCENT_COLOR,
    ],
  },
  caption: {
    id: 'caption',
    name: 'Caption',
    defaultDuration: flicksFromSeconds(2),
    enterMs: 0,
    exitMs: 0,
    fields: [
      { kind: 'text', key: 'text', label: 'Text', default: '', maxLength: 400 },
      {
        kind: 'choice',
        key: 'position',
        label: 'Position',
        default: 'bottom',
        options: [
          { value: 'bottom', label: 'Bottom' },
          { value: 'top', label: 'Top' },
        ],
      },
      {
        kind: 'choice',
        key: 'backing',
        label: 'Backing',
        default: 'plate',
        options: [
          { value: 'plate', label: 'Plate' },
          { value: 'shadow', label: 'Shadow' },
        ],
      },
      TEXT_COLOR,
    ],
  },
};

/** Schema of the fields of one template: unknown keys are dropped, missing ones take their default. */
function templateFieldsSchema(template: TemplateId): z.ZodType<GraphicFields> {
  const shape = Object.fromEntries(
    TEMPLATES[template].fields.map((field) => [
      field.key,
      fieldSchema(field).default(field.default),
    ]),
  );
  return z.object(shape);
}

/**
 * The fields of a graphic, complete with defaults. Refuses `graphics/bad-field` when a value is too long, not a
 * colour or not one of the choices.
 */
export function resolveFields(template: TemplateId, fields: GraphicFields): GraphicFields {
  const parsed = templateFieldsSchema(template).safeParse(fields);
  if (parsed.success) return parsed.data;
  const key = String(parsed.error.issues[0]?.path[0] ?? '');
  const field = TEMPLATES[template].fields.find((candidate) => candidate.key === key);
  refuse('graphics/bad-field', badFieldMessage(template, field), {
    template,
    field: key,
    value: fields[key],
  });
}

function fieldSchema(field: TemplateField): z.ZodType<string, string> {
  switch (field.kind) {
    case 'text':
      return z.string().max(field.maxLength);
    case 'color':
      return z.string().regex(/^#[0-9a-f]{6}$/i);
    case 'choice':
      return z.enum(field.options.map((option) => option.value));
  }
}

function badFieldMessage(template: TemplateId, field: TemplateField | undefined): string {
  const where = `“${field?.label ?? 'A field'}” of ${TEMPLATES[template].name.toLowerCase()}`;
  switch (field?.kind) {
    case 'text':
      return `${where} is longer than ${field.maxLength} characters. Shorten it.`;
    case 'color':
      return `${where} is not a colour. Give it as # and six digits, for example ${field.default}.`;
    case 'choice':
      return `${where} must be one of: ${field.options.map((option) => option.value).join(', ')}.`;
    case undefined:
      return `${where} cannot be used. Check the value.`;
  }
}
