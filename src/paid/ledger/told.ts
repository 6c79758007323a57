type Fields = Readonly<Record<string, unknown>>;

/**
 * Returns whether a row equals what was sent, in everything that the row shows. What it does not show, such as the original
 * address of a picture, cannot be compared. `except` names fields that the row shows in another form.
 */
export const isToldAsSent = (sent: Fields, row: object, except: readonly string[] = []) =>
  Object.entries(sent).every(([name, value]) => {
    const told = (row as Fields)[name];
    return told === undefined || except.includes(name) || isSame(value, told);
  });

/** Rails sends decimals as texts, empty values as null, and numbers from a form as texts. */
function isSame(sent: unknown, told: unknown): boolean {
  if (isObject(sent)) return isObject(told) && isSameObject(sent, told);
  if (isNothing(sent) || isNothing(told)) return isNothing(sent) && isNothing(told);
  if (typeof sent === 'number') return Math.abs(Number(told) - sent) < 1e-6;
  return String(sent) === String(told);
}

const isSameObject = (sent: Fields, told: Fields) => {
  const names = new Set([...Object.keys(sent), ...Object.keys(told)]);
  return [...names].every((name) => isSame(own(sent, name), own(told, name)));
};

/** Reads own properties only, because clients choose the names: every object has a `constructor`. */
const own = (fields: Fields, name: string) =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

const isNothing = (value: unknown) =>
  value === null || value === undefined || value === '' || value === false;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
