/** The characters of the names and texts in an answer, or in a part of one; a plan counts the same while it makes one. */
export function countCharacters(value: unknown): number {
  if (typeof value === 'string') return value.length;
  const open = isHolder(value) ? [value] : [];
  let count = 0;
  for (let holder = open.pop(); holder; holder = open.pop()) {
    const parts = Array.isArray(holder) ? holder : Object.values(holder);
    if (parts !== holder) count += Object.keys(holder).join('').length;
    for (const part of parts) {
      if (typeof part === 'string') count += part.length;
      else if (isHolder(part)) open.push(part);
    }
  }
  return count;
}

const isHolder = (value: unknown): value is object => typeof value === 'object' && value !== null;
