import { setTimeout as sleep } from "node:timers/promises";

/** A form that is sent twice waits for its first sending, which may be setting the password, for about five seconds. */
export const mostLooks = 12;

const pauseMilliseconds = 400;

export const pauseBetweenLooks = (): Promise<void> => sleep(pauseMilliseconds);
