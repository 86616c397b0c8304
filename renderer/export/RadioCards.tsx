import { classes } from '../ui/classes.ts';

type RadioCardsProps<T extends string> = {
  legend: string;
  name: string;
  value: T;
  options: readonly { id: T; name: string; description: string }[];
  onChange: (value: T) => void;
};

/** One choice of a few, each with a sentence. */
export function RadioCards<T extends string>(props: RadioCardsProps<T>) {
  const { legend, name, value, options, onChange } = props;
  return (
    <fieldset className="grid content-start gap-1">
      <legend className="mb-1 text-xs text-muted">{legend}</legend>
      {options.map((option) => (
        <label
          key={option.id}
          className={classes(
            'relative block rounded-md px-3 py-2 has-focus-visible:outline-2 has-focus-visible:outline-focus',
            option.id === value ? 'bg-accent-soft' : 'hover:bg-hover',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.id}
            checked={option.id === value}
            onChange={() => onChange(option.id)}
            className="absolute opacity-0"
          />
          <span className="block text-sm font-medium">{option.name}</span>
          <span className="block text-xs text-muted">{option.description}</span>
        </label>
      ))}
    </fieldset>
  );
}
