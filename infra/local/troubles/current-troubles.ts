import type { Disturb, Disturbance, DisturbedCall } from "./disturbance.ts";
import { type TroubleName, troubles } from "./troubles.ts";

interface Current {
  readonly name: TroubleName;
  readonly disturb: Disturb;
}

/** The troubles that the services have now. */
export class CurrentTroubles {
  #current: Current[] = [];

  /** @param only narrows the trouble to these calls, such as those of one function or about one mail */
  begin(name: TroubleName, only: (call: DisturbedCall) => boolean = () => true): void {
    const disturb: Disturb = troubles[name].begin();
    this.#current.push({ name, disturb: (call) => (only(call) ? disturb(call) : null) });
  }

  /** Ends a trouble, however often it began; does nothing if it did not. */
  end(name: TroubleName): void {
    this.#current = this.#current.filter((one) => one.name !== name);
  }

  /** The disturbance of a call by the first trouble that has one; null if it passes. */
  of(call: DisturbedCall): Disturbance | null {
    for (const { name, disturb } of this.#current) {
      if (troubles[name].service !== call.service) continue;
      const disturbance = disturb(call);
      if (disturbance !== null) return disturbance;
    }
    return null;
  }
}
