import { defaultFieldResolver, type GraphQLObjectType, getNullableType } from 'graphql';
import { OVERHEAD } from './answer-size.ts';
import type { FieldPlan, Select } from './field-plan.ts';
import { exposedBy, goesOutOf, keyOf, quote, type Selected, type ValueKind } from './selected.ts';

/** What a value must be to go out as it is. All others are looked at by the type itself. */
const CHECKS: Record<ValueKind, string> = {
  text: "typeof value === 'string'",
  flag: "typeof value === 'boolean'",
  int32: "typeof value === 'number' && (value | 0) === value",
  integer: 'Number.isSafeInteger(value)',
  number: "typeof value === 'number' && value - value === 0",
};

/**
 * Generates a JavaScript function for a selection, so that the engine knows the shape of the answer and reads exposed
 * properties directly.
 */
export function compileSelection(type: GraphQLObjectType, fields: readonly Selected[]): Select {
  const keys = fields.map(keyOf);
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
      const out = { ${fields.map((field) => `[${quote(keyOf(field))}]: null`).join(', ')} };
      try {
        ${lines.join('\n        ')}
      } catch (error) {
        return run.hold(error, at);
      }
      run.size += size;
      return out;
    };`;
  const known = { plans: fields, unreadable: () => {} };
  return new Function(...Object.keys(known), source)(...Object.values(known));
}

function assignment(plan: FieldPlan, its: string): string {
  const target = `out[${quote(plan.key)}]`;
  const resolved = `run.field(${its}, row, out, at)`;
  const property = exposedBy(plan);
  if (property === undefined) return `${target} = ${resolved};`;
  // As the default resolver does: other values have no properties.
  const guard =
    plan.resolve === defaultFieldResolver ? "typeof row !== 'object' ? unreadable : " : '';
  const kind = goesOutOf(getNullableType(plan.field.type));
  return `
        try { value = ${guard}row[${quote(property)}]; } catch { value = unreadable; }
        ${target} =
          ${kind ? `${CHECKS[kind]} ? ${counted(kind)} :` : ''}
          ${plan.isNullable ? 'value == null ? null :' : ''}
          typeof value === 'function' ? ${resolved} :
          run.value(${its}, value, out, at);`;
}

/** Texts are counted, for those who bound how long an answer may be. */
const counted = (kind: ValueKind) => (kind === 'text' ? '(size += value.length, value)' : 'value');
