import { translated, type Language } from "./language.ts";

const units = translated({
  nl: {
    second: ["seconde", "seconden"],
    minute: ["minuut", "minuten"],
    hour: ["uur", "uur"],
    day: ["dag", "dagen"],
    month: ["maand", "maanden"],
    character: ["teken", "tekens"],
  },
  en: {
    second: ["second", "seconds"],
    minute: ["minute", "minutes"],
    hour: ["hour", "hours"],
    day: ["day", "days"],
    month: ["month", "months"],
    character: ["character", "characters"],
  },
});

export type Unit = keyof (typeof units)["nl"];

/** "1 minuut", "15 minuten". */
export function quantity(count: number, unit: Unit, language: Language): string {
  const name = units[language][unit][count === 1 ? 0 : 1] ?? unit;
  return `${count} ${name}`;
}

/** A waiting time: whole seconds up to 90, above that minutes, rounded up. */
export function waitingTime(seconds: number, language: Language): string {
  if (seconds <= 90) return quantity(Math.max(1, Math.ceil(seconds)), "second", language);
  return quantity(Math.ceil(seconds / 60), "minute", language);
}
