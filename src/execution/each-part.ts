/**
 * Visits each value within something that is or will be JSON, with its name, which is empty in a list. It does not recurse,
 * because values may be nested deeper than the stack allows. An instance of a class, such as an upload, is visited as a whole.
 */
export function eachPart(whole: unknown, visit: (part: unknown, name: string) => void) {
  const open = [whole];
  while (open.length > 0) {
    const holder = open.pop();
    if (Array.isArray(holder)) {
      for (const part of holder) {
        visit(part, '');
        open.push(part);
      }
    } else if (isPlain(holder)) {
      for (const [name, part] of Object.entries(holder)) {
        visit(part, name);
        open.push(part);
      }
    }
  }
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
