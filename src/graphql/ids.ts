import { badRequest } from './errors.ts';

/** A type that has a global id: its name in the graph. */
export type NodeName = Capitalize<string>;

const GLOBAL_ID = /^([A-Z][A-Za-z]{0,50}):([1-9]\d{0,15})$/;

/** Makes a global id: `Tune:1` in base64. Clients should not interpret it. */
export const globalId = (name: NodeName, id: number) =>
  Buffer.from(`${name}:${id}`).toString('base64url');

export function parseGlobalId(value: string): { name: NodeName; id: number } | undefined {
  const [, name, id] = Buffer.from(value, 'base64url').toString().match(GLOBAL_ID) ?? [];
  return name && Number.isSafeInteger(Number(id))
    ? { name: name as NodeName, id: Number(id) }
    : undefined;
}

/** Returns Astria's number from a global id or a number. `where` is the argument, for the error. */
export function astriaId(name: NodeName, value: string, where: string): number {
  const id = numberOf(value) ?? idOf(name, value);
  if (id) return id;
  throw badRequest(
    `\`${where}\` is ${JSON.stringify(value)}, which is not the id of a ${name}: give its \`id\` or its \`astriaId\`.`,
  );
}

/** Does the same for an optional id. An empty text is not absent: it is refused. */
export const maybeId = <Absent extends null | undefined>(
  name: NodeName,
  value: string | Absent,
  where: string,
): number | Absent => (value == null ? (value as Absent) : astriaId(name, value as string, where));

/** Does the same for several ids. The error names the position of an invalid one. */
export const astriaIds = (name: NodeName, values: readonly string[], where: string) =>
  values.map((value, index) => astriaId(name, value, `${where}.${index}`));

/** The most ids in one field. */
export const MAX_IDS = 100;

export function checkIds({ length: found }: readonly string[]) {
  if (found <= MAX_IDS) return;
  const limit = { name: 'ids', max: MAX_IDS, found };
  throw badRequest(`\`ids\` holds ${found} ids; ask for at most ${MAX_IDS} at once.`, limit);
}

/** Checks an id of something that is not in the graph: a user, an order. */
export function plainId(value: string | null | undefined, where: string) {
  if (value == null) return value;
  const id = numberOf(value);
  if (id) return id;
  throw badRequest(
    `\`${where}\` is ${JSON.stringify(value)}, which is not a number of Astria's: give one as Astria has it, such as 37345.`,
  );
}

/** A pack can also be named by its slug. */
export function packIdOrSlug(value: string, where: string): number | string {
  const id = numberOf(value) ?? idOf('Pack', value);
  if (id) return id;
  if (/^[\w-]{1,200}$/.test(value) && !parseGlobalId(value)) return value;
  throw badRequest(
    `\`${where}\` is ${JSON.stringify(value)}, which is not a pack: give its \`id\`, its \`astriaId\` or its \`slug\`.`,
  );
}

const numberOf = (value: string) =>
  /^[1-9]\d*$/.test(value) && Number.isSafeInteger(Number(value)) ? Number(value) : undefined;

function idOf(name: NodeName, value: string) {
  const parsed = parseGlobalId(value);
  return parsed?.name === name ? parsed.id : undefined;
}
