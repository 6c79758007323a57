/** Valid documents over a schema, drawn at random, with variables that are valid or not. */
import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  GraphQLNonNull,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';

/** A number from 0 to `max`. All that is left to chance comes from here. */
export type Draw = (max: number) => number;

export interface Draft {
  text: string;
  variables: Record<string, unknown>;
}

/** Where a value goes in. */
interface Slot {
  type: GraphQLInputType;
  defaultValue?: unknown;
  /** The one field of a oneOf: a variable there must not be null. */
  isOne?: boolean;
}

const MAX_DEPTH = 4;
const MAX_FIELDS = 50;
const MAX_CONDITIONS = 3;
const ODD_NAMES = ['__proto__', 'constructor', 'toString', 'then', 'hasOwnProperty'];
const ANY_JSON = [null, 'text', '7', 7, 2.5, -1, 2 ** 40, true, {}, [], [[null]], { extra: 1 }];
/** Of custom scalars, by their names: as literals, and as what a variable holds. */
const SCALARS: Record<string, string[]> = {
  String: ['"text"', '""'],
  ID: ['"VHVuZTo1"', '5'],
  Int: ['0', '3', '-1'],
  SafeInt: ['5234834'],
  Float: ['0.5', '2'],
  Boolean: ['true', 'false'],
  URL: ['"https://a.example/x"'],
  DateTime: ['"2026-11-01T12:00:00.000Z"'],
};

export function drawDocument(schema: GraphQLSchema, draw: Draw): Draft {
  const declared = new Map<string, string>();
  const variables: Record<string, unknown> = {};
  const fragments: { name: string; type: GraphQLCompositeType; text: string }[] = [];
  /** What each name of the answer stands for: twice the same name must be twice the same field. */
  const meanings = new Map<string, string>();
  const conditions: string[] = [];
  let fieldCount = 0;
  const isSpoiled = draw(3) === 0;

  const chance = (percent: number) => draw(99) < percent;
  const pick = <T>(items: readonly T[]) => items[draw(items.length - 1)] as T;
  const several = <T>(max: number, make: () => T) => Array.from({ length: draw(max) }, make);

  function selection(type: GraphQLCompositeType, depth: number): string {
    const parts = several(4, () => part(type, depth));
    return `{ ${[...parts, field(type, depth)].join(' ')} }`;
  }

  function part(type: GraphQLCompositeType, depth: number): string {
    if (chance(65)) return field(type, depth);
    const narrower = pick(typesWithin(type));
    if (chance(50)) {
      const on = narrower === type && chance(30) ? '' : `on ${narrower.name} `;
      return `... ${on}${condition()} ${selection(narrower, depth)}`;
    }
    const known = fragments.filter((fragment) => typesWithin(type).includes(fragment.type));
    if (known.length > 0 && chance(60)) return `...${pick(known).name} ${condition()}`;
    const name = `F${fragments.length}`;
    const text = selection(narrower, depth);
    // Its own parts have come first: none of them can spread it.
    const taken = fragments.some((fragment) => fragment.name === name);
    if (taken) return `... on ${narrower.name} ${text}`;
    fragments.push({ name, type: narrower, text });
    return `...${name} ${condition()}`;
  }

  /** All that can stand behind `on` there. */
  function typesWithin(type: GraphQLCompositeType): GraphQLCompositeType[] {
    const own = isAbstractType(type) ? schema.getPossibleTypes(type) : type.getInterfaces();
    return [type, ...own];
  }

  function field(type: GraphQLCompositeType, depth: number): string {
    if (isUnionType(type) || chance(8)) return chance(30) ? 'kind: __typename' : '__typename';
    fieldCount++;
    const fields = Object.values(type.getFields());
    const isEnd = depth >= MAX_DEPTH || fieldCount > MAX_FIELDS;
    const leaves = fields.filter((each) => !isCompositeType(getNamedType(each.type)));
    if (isEnd && leaves.length === 0) return '__typename';
    const chosen = pick(isEnd || (leaves.length > 0 && chance(35)) ? leaves : fields);
    return fieldText(chosen, depth);
  }

  function fieldText(chosen: GraphQLField<unknown, unknown>, depth: number): string {
    const meaning = `${chosen.name}${argumentsOf(chosen.args)}`;
    let key = chance(60) ? chosen.name : chance(10) ? pick(ODD_NAMES) : `${chosen.name}_1`;
    const typed = `${meaning}: ${chosen.type}`;
    if ((meanings.get(key) ?? typed) !== typed) key = `${chosen.name}_${meanings.size + 2}`;
    meanings.set(key, typed);
    const named = getNamedType(chosen.type);
    const below = isCompositeType(named) ? selection(named, depth + 1) : '';
    return `${key === chosen.name ? '' : `${key}: `}${meaning} ${condition()} ${below}`;
  }

  function condition(): string {
    if (!chance(12)) return '';
    const name = pick(['skip', 'include']);
    if (chance(40)) return `@${name}(if: ${chance(50)})`;
    if (conditions.length > 0 && (conditions.length === MAX_CONDITIONS || chance(60))) {
      return `@${name}(if: $${pick(conditions)})`;
    }
    const fallback = chance(50) ? `${chance(50)}` : undefined;
    const variable = declare(fallback && chance(30) ? 'Boolean' : 'Boolean!', fallback);
    variables[variable] = isSpoiled && chance(10) ? pick(ANY_JSON) : chance(50);
    conditions.push(variable);
    return `@${name}(if: $${variable})`;
  }

  function argumentsOf(args: readonly GraphQLArgument[]): string {
    const given = args.filter((arg) => isRequired(arg) || chance(50));
    if (given.length === 0) return '';
    return `(${given.map((arg) => `${arg.name}: ${input(arg)}`).join(', ')})`;
  }

  const isRequired = ({ type, defaultValue }: Pick<GraphQLArgument, 'type' | 'defaultValue'>) =>
    isNonNullType(type) && defaultValue === undefined;

  /** A literal or a variable. */
  function input(at: Slot, depth = 0): string {
    if (chance(40)) return `$${variableFor(at)}`;
    return literal(at.type, depth);
  }

  function literal(type: GraphQLInputType, depth: number): string {
    if (!isNonNullType(type) && depth > 0 && chance(10)) return 'null';
    return present(type, depth, (at) => input(at, depth + 1));
  }

  /** Of a type that can be null, something else. */
  function present(type: GraphQLInputType, depth: number, part: (at: Slot) => string): string {
    if (isNonNullType(type)) return present(type.ofType, depth, part);
    if (isListType(type)) {
      // A variable there would have to be a list.
      if (chance(20)) return constant(type.ofType, depth + 1);
      return `[${several(2, () => part({ type: type.ofType })).join(', ')}]`;
    }
    if (isEnumType(type)) return pick(type.getValues()).name;
    if (!isInputObjectType(type)) return pick(SCALARS[type.name] ?? ['"any"']);
    const fields = Object.values(type.getFields());
    if (type.isOneOf) {
      const { name, type: only } = pick(fields.filter((each) => each.name !== 'file'));
      return `{ ${name}: ${part({ type: new GraphQLNonNull(only), isOne: true })} }`;
    }
    const given = fields.filter((each) => isRequired(each) || (depth < 2 && chance(50)));
    return `{ ${given.map((each) => `${each.name}: ${part(each)}`).join(', ')} }`;
  }

  function variableFor({ type, defaultValue, isOne }: Slot) {
    if (isNonNullType(type) && !isOne && (defaultValue !== undefined || chance(30))) {
      // May be left out, or null in spite of all.
      return declareFor(String(type.ofType), type.ofType, constant(type.ofType));
    }
    const strict = !isNonNullType(type) && chance(30) ? `${type}!` : String(type);
    return declareFor(strict, type, chance(30) ? constant(type) : undefined);
  }

  function declareFor(declaredType: string, type: GraphQLInputType, fallback?: string): string {
    const known = [...declared].find(([, each]) => each === declaredType);
    if (known && fallback === undefined && chance(40)) return known[0];
    const name = declare(declaredType, fallback);
    const isNeeded = declaredType.endsWith('!') && fallback === undefined;
    if (isSpoiled && chance(25)) variables[name] = pick(ANY_JSON);
    else if (isNeeded || chance(75)) variables[name] = json(type);
    if (isSpoiled && chance(10)) delete variables[name];
    return name;
  }

  function declare(type: string, fallback?: string): string {
    const name = `v${declared.size}`;
    declared.set(name, fallback === undefined ? type : `${type} = ${fallback}`);
    return name;
  }

  const constant = (type: GraphQLInputType, depth = 1): string =>
    present(type, depth, (at) => constant(at.type, depth + 1));

  /** What a variable of the type can hold; where all is to be spoiled, not always. */
  function json(type: GraphQLInputType, depth = 0): unknown {
    if (isSpoiled && chance(8)) return pick(ANY_JSON);
    if (isNonNullType(type)) return json(type.ofType, depth);
    if (isListType(type)) return several(2, () => json(type.ofType, depth + 1));
    if (isEnumType(type)) return pick(type.getValues()).name;
    if (!isInputObjectType(type)) return JSON.parse(pick(SCALARS[type.name] ?? ['"any"']));
    const fields = Object.values(type.getFields());
    const isOne = type.isOneOf && !(isSpoiled && chance(30));
    const given = isOne
      ? [pick(fields.filter((each) => each.name !== 'file'))]
      : fields.filter((each) => isRequired(each) || (depth < 2 && chance(50)));
    return Object.fromEntries(given.map((each) => [each.name, json(each.type, depth + 1)]));
  }

  const query = schema.getQueryType();
  if (!isObjectType(query)) throw new Error('a schema has queries');
  const body = selection(query, 0);
  const definitions = [...declared].map(([name, type]) => `$${name}: ${type}`).join(', ');
  const used = withUsed(body, fragments);
  const head = definitions ? `query Q(${definitions})` : 'query Q';
  return { text: [`${head} ${body}`, ...used].join('\n'), variables };
}

/** A fragment may have been made and then not be spread. */
function withUsed(body: string, fragments: { name: string; type: object; text: string }[]) {
  const used = new Map<string, string>();
  const visit = (text: string) => {
    for (const { name, type, text: own } of fragments) {
      if (used.has(name) || !text.includes(`...${name} `)) continue;
      used.set(name, `fragment ${name} on ${type} ${own}`);
      visit(own);
    }
  };
  visit(body);
  return used.values();
}
