/**
 * Tells of each value within what is or will be JSON, and of its name, which is empty in a list. Not by recursion: it may be
 * nested deeper than that can go. What is of a class of its own, such as an upload, is a value as a whole.
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
