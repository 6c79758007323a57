import {
  defaultFieldResolver,
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLString,
  getNullableType,
  isScalarType,
} from 'graphql';
import { OVERHEAD } from './answer-size.ts';
import type { Place } from './place.ts';
import type { FieldPlan } from './plan.ts';
import type { Run } from './run.ts';

/** Makes the answer's object of a row. */
export type Select = (run: Run, row: unknown, at: Place) => unknown;

/** What a value must be to go out as it is; all others are looked at by the type itself. */
const AS_IT_IS = new Map<unknown, string>([
  [GraphQLString, "typeof value === 'string'"],
  [GraphQLID, "typeof value === 'string'"],
  [GraphQLBoolean, "typeof value === 'boolean'"],
  [GraphQLInt, "typeof value === 'number' && (value | 0) === value"],
  [GraphQLFloat, "typeof value === 'number' && value - value === 0"],
]);

/** A scalar that passes the values of a built-in one on as they are says so: `extensions: { sameAs: GraphQLString }`. */
const asItIsOf = (type: GraphQLOutputType) =>
  AS_IT_IS.get((isScalarType(type) && type.extensions.sameAs) || type);

const quote = (text: string) => JSON.stringify(text);

/**
 * A function for one selection of one type: JavaScript is written for it, so that the engine knows the shape of the answer,
 * and reads what a field merely exposes right off the row. A bare name is `__typename` under that name.
 */
export function compileSelection(
  type: GraphQLObjectType,
  fields: readonly (FieldPlan | string)[],
): Select {
  const keys = fields.map((field) => (typeof field === 'string' ? field : field.key));
  const typenames = fields.filter((field) => typeof field === 'string');
  const ownSize =
    keys.join('').length + typenames.length * type.name.length + OVERHEAD * keys.length;
  const lines = fields.map((field, index) =>
    typeof field === 'string'
      ? `out[${quote(field)}] = ${quote(type.name)};`
      : assignment(field, `plans[${index}]`),
  );
  const source = `
    return (run, row, at) => {
      let value;
      let size = ${ownSize};
      const out = { ${keys.map((key) => `[${quote(key)}]: null`).join(', ')} };
      try {
        ${lines.join('\n        ')}
      } catch (error) {
        return run.hold(error, at);
      }
      run.size += size;
      return out;
    };`;
  return new Function('plans', 'unreadable', source)(fields, () => {});
}

function assignment(plan: FieldPlan, its: string): string {
  const target = `out[${quote(plan.key)}]`;
  const resolved = `run.field(${its}, row, out, at)`;
  const property = exposedBy(plan);
  if (property === undefined) return `${target} = ${resolved};`;
  // As the default resolver has it: others have no properties.
  const guard =
    plan.resolve === defaultFieldResolver ? "typeof row !== 'object' ? unreadable : " : '';
  const asItIs = asItIsOf(getNullableType(plan.field.type));
  return `
        try { value = ${guard}row[${quote(property)}]; } catch { value = unreadable; }
        ${target} =
          ${asItIs ? `${asItIs} ? ${counted(asItIs)} :` : ''}
          ${plan.isNullable ? 'value == null ? null :' : ''}
          typeof value === 'function' ? ${resolved} :
          run.value(${its}, value, out, at);`;
}

/** Texts are counted, for those who bound how long an answer may be. */
const counted = (check: string) =>
  check.includes("'string'") ? '(size += value.length, value)' : 'value';

/** The property of a row that the field is, if it is no more than that. */
function exposedBy({ field, resolve }: FieldPlan): string | undefined {
  const { pothosExposedField, pothosOriginalResolve } = field.extensions;
  // Something may have been wrapped around it.
  if (resolve !== pothosOriginalResolve || field.args.length > 0) return undefined;
  return pothosExposedField as string | undefined;
}
