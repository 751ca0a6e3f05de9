import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { formatLoginName, parseLoginName } from "../../domain/login-name.ts";
import type { Clock } from "../../domain/time.ts";

/**
 * The cookie by which a browser shows that somebody signed in with it before, as OWASP describes it ("Slow Down Online
 * Guessing Attacks with Device Cookies"). It gives that person a count of failed sign-ins of their own, and opens
 * nothing (docs/adr/0031). Several people may use one browser, so it holds a mark for each of the last few.
 */
export interface DeviceCookies {
  /** @returns the id of the mark for this login name; null without a valid one */
  find(cookie: string | null, username: string): Promise<string | null>;
  /** The cookie with a new mark for this login name, which replaces its former one. */
  renew(cookie: string | null, username: string): Promise<string>;
}

/** How long a mark is valid, in days. */
export const deviceCookieDays = 365;
/** The people whose marks one browser keeps. */
export const mostPeople = 5;

const day = 86_400_000;
const markForm = /^([0-9]{1,6})\.([\w-]{22})\.([\w-]{43})$/;

interface Mark {
  readonly text: string;
  readonly day: number;
  readonly id: string;
  readonly seal: string;
}

/** @param secret shared by all functions; the key is derived from it for this use alone */
export function deviceCookies({
  secret,
  clock,
}: {
  readonly secret: () => Promise<Uint8Array>;
  readonly clock: Clock;
}): DeviceCookies {
  const keyOf = async () => new Uint8Array(hkdfSync("sha256", await secret(), "", "device-cookie", 32));
  const today = () => Math.floor(clock().getTime() / day);
  return {
    find: async (cookie, username) => {
      const marks = marksIn(cookie);
      if (marks.length === 0) return null;
      const key = await keyOf();
      const own = marks.find((mark) => isFor(username, mark, key));
      return own && own.day > today() - deviceCookieDays ? own.id : null;
    },
    renew: async (cookie, username) => {
      const key = await keyOf();
      const others = marksIn(cookie).filter((mark) => !isFor(username, mark, key));
      const id = randomBytes(16).toString("base64url");
      const own = `${today()}.${id}.${seal(username, today(), id, key)}`;
      return [own, ...others.map(({ text }) => text)].slice(0, mostPeople).join("~");
    },
  };
}

function marksIn(cookie: string | null): Mark[] {
  const parts = (cookie ?? "").split("~", mostPeople);
  return parts.flatMap((text) => {
    const [, issued = "", id = "", sealed = ""] = markForm.exec(text) ?? [];
    return id ? [{ text, day: Number(issued), id, seal: sealed }] : [];
  });
}

function isFor(username: string, mark: Mark, key: Uint8Array): boolean {
  const expected = Buffer.from(seal(username, mark.day, mark.id, key));
  return timingSafeEqual(expected, Buffer.from(mark.seal));
}

/** Bound to the login name, which is not in the cookie. */
function seal(username: string, issued: number, id: string, key: Uint8Array): string {
  const name = parseLoginName(username);
  const content = JSON.stringify([name && formatLoginName(name), issued, id]);
  return createHmac("sha256", key).update(content).digest("base64url");
}
