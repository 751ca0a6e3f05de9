/** The fields of a cron expression in their order, with the values that they can have. */
const fields = {
  minute: [0, 59],
  hour: [0, 23],
  dayOfMonth: [1, 31],
  month: [1, 12],
  dayOfWeek: [1, 7],
  year: [1970, 2199],
} as const;
type Field = keyof typeof fields;

const names: Partial<Record<Field, readonly string[]>> = {
  month: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
  dayOfWeek: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
};

const minutesOf: Record<string, number> = { minute: 1, hour: 60, day: 24 * 60 };

/**
 * Whether a rule with this expression fires in the minute of `at` (UTC). `rate(...)` is counted from the epoch
 * and not, as in AWS, from the rule's creation, so that a restart does not shift it.
 * @throws Error for what is not an expression that EventBridge takes
 */
export function firesAt(expression: string, at: Date): boolean {
  const [, kind, inside = ""] = /^(rate|cron)\((.+)\)$/.exec(expression.trim()) ?? [];
  if (kind === "rate") return firesAtRate(inside, at);
  if (kind === "cron") return firesAtCron(inside, at);
  throw new Error(`${expression} is not a schedule`);
}

function firesAtRate(rate: string, at: Date): boolean {
  const [count = "", unit = ""] = rate.trim().split(/\s+/);
  const minutes = Number(count) * (minutesOf[unit.replace(/s$/, "")] ?? Number.NaN);
  if (!Number.isInteger(minutes) || minutes < 1) throw new Error(`rate(${rate}) is not a schedule`);
  return Math.floor(at.getTime() / 60_000) % minutes === 0;
}

function firesAtCron(cron: string, at: Date): boolean {
  const parts = cron.trim().split(/\s+/);
  if (parts.length !== 6) throw new Error(`cron(${cron}) is not a schedule: it needs six fields`);
  const value: Record<Field, number> = {
    minute: at.getUTCMinutes(),
    hour: at.getUTCHours(),
    dayOfMonth: at.getUTCDate(),
    month: at.getUTCMonth() + 1,
    dayOfWeek: at.getUTCDay() + 1,
    year: at.getUTCFullYear(),
  };
  return (Object.keys(fields) as Field[]).every((field, place) =>
    (parts[place] ?? "").split(",").some((part) => partMatches(field, part.toUpperCase(), value[field], at)),
  );
}

/** One item of a field's list: `*`, `?`, `5`, `1-5`, `0/15`, `MON`, `L`, `5L`, `15W`, `3#2`. */
function partMatches(field: Field, part: string, value: number, at: Date): boolean {
  if (part === "*" || part === "?") return true;
  const lastDay = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  if (field === "dayOfMonth" && part === "L") return value === lastDay;
  if (field === "dayOfMonth" && part.endsWith("W"))
    return value === nearestWeekday(Number(part.slice(0, -1)), at, lastDay);
  if (field === "dayOfWeek" && part.includes("#")) {
    const [day = "", occurrence = ""] = part.split("#");
    return value === numberOf(field, day) && Math.ceil(at.getUTCDate() / 7) === Number(occurrence);
  }
  if (field === "dayOfWeek" && part.endsWith("L")) {
    return value === numberOf(field, part.slice(0, -1) || "7") && at.getUTCDate() > lastDay - 7;
  }
  const [range = "", step] = part.split("/");
  const [from = "", to] = range.split("-");
  const [lowest, highest] = fields[field];
  const start = from === "*" ? lowest : numberOf(field, from);
  const end = to === undefined ? (step === undefined ? start : highest) : numberOf(field, to);
  return value >= start && value <= end && (value - start) % Number(step ?? 1) === 0;
}

/** The working day that is nearest to a day of the month, within that month. */
function nearestWeekday(day: number, at: Date, lastDay: number): number {
  const weekday = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), day)).getUTCDay();
  if (weekday === 6) return day > 1 ? day - 1 : day + 2;
  if (weekday === 0) return day < lastDay ? day + 1 : day - 2;
  return day;
}

function numberOf(field: Field, text: string): number {
  const place = names[field]?.indexOf(text) ?? -1;
  const [lowest, highest] = fields[field];
  const number = place >= 0 ? place + 1 : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(number) || number < lowest || number > highest)
    throw new Error(`${text} is no ${field} of a schedule`);
  return number;
}
