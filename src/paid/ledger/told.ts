type Fields = Readonly<Record<string, unknown>>;

/**
 * Whether a row is equal to what was sent, in all that it tells: what it has no word on, such as the address of a picture
 * that Astria keeps elsewhere, cannot be compared. `except` are those that are told otherwise.
 */
export const isToldAsSent = (sent: Fields, row: object, except: readonly string[] = []) =>
  Object.entries(sent).every(([name, value]) => {
    const told = (row as Fields)[name];
    return told === undefined || except.includes(name) || isSame(value, told);
  });

/** Rails has decimals as texts, what was left empty as null, and numbers out of a form as texts. */
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

/** Names are the client's: every object has a `constructor` that nobody sent. */
const own = (fields: Fields, name: string) =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

const isNothing = (value: unknown) =>
  value === null || value === undefined || value === '' || value === false;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
