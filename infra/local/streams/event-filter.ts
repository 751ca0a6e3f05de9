/** A filter of an event source mapping: fields lead to further fields or, at the leaves, to lists of conditions. */
type Pattern = { [field: string]: Pattern | unknown[] };

/**
 * Whether an event passes a filter pattern, in the language of EventBridge as far as Lambda's event filtering
 * knows it: equality, prefix, suffix, anything-but, exists, numeric, equals-ignore-case, and $or.
 * @throws Error for a condition that is none of these
 */
export function matchesPattern(pattern: unknown, event: unknown): boolean {
  return Object.entries(pattern as Pattern).every(([field, expected]) => {
    if (field === "$or")
      return (expected as unknown[]).some((alternative) => matchesPattern(alternative, event));
    const value = isObject(event) ? event[field] : undefined;
    return Array.isArray(expected) ? matchesAny(expected, value) : matchesPattern(expected, value);
  });
}

/** A list in the event passes if one of its items does. */
function matchesAny(conditions: unknown[], value: unknown): boolean {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return conditions.some((condition) => values.some((one) => holds(condition, one)));
}

function holds(condition: unknown, value: unknown): boolean {
  if (!isObject(condition)) return condition === value;
  const [[operator, operand] = ["", undefined]] = Object.entries(condition);
  switch (operator) {
    case "exists":
      return (value !== undefined && !isObject(value)) === operand;
    case "prefix":
      return typeof value === "string" && value.startsWith(String(operand));
    case "suffix":
      return typeof value === "string" && value.endsWith(String(operand));
    case "equals-ignore-case":
      return typeof value === "string" && value.toLowerCase() === String(operand).toLowerCase();
    case "anything-but":
      return value !== undefined && ![operand].flat().some((unwanted) => holds(unwanted, value));
    case "numeric":
      return typeof value === "number" && inRange(value, operand as unknown[]);
    default:
      throw new Error(`the event filter ${operator} is not known here`);
  }
}

/** `[">", 0, "<=", 5]` */
function inRange(value: number, bounds: unknown[]): boolean {
  const comparisons: Record<string, (bound: number) => boolean> = {
    "=": (bound) => value === bound,
    ">": (bound) => value > bound,
    ">=": (bound) => value >= bound,
    "<": (bound) => value < bound,
    "<=": (bound) => value <= bound,
  };
  return bounds.every(
    (sign, at) => at % 2 === 1 || (comparisons[String(sign)]?.(Number(bounds[at + 1])) ?? false),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
