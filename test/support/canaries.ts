import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A value that may appear only in places that are meant for it: requests, mails, the table. */
export type CanaryKind = "password" | "token" | "link" | "cookie" | "email" | "name" | "text";

interface Canary {
  readonly kind: CanaryKind;
  /** The encodings in which it could be written. */
  readonly forms: readonly string[];
}

export interface Sighting {
  readonly kind: CanaryKind;
  readonly canary: string;
  readonly where: string;
  /** The text around it. */
  readonly excerpt: string;
}

const letters = () =>
  Array.from({ length: 8 }, () => "bcdfghklmn".charAt(Math.floor(Math.random() * 10))).join("");

/** Secrets and personal data that a test plants, and later searches for. */
export class Canaries {
  readonly #all: Canary[] = [];

  /** Adds a value that the application made, such as a token. */
  plant(kind: CanaryKind, value: string): string {
    const forms = [
      value,
      encodeURIComponent(value),
      Buffer.from(value).toString("base64").replace(/=+$/, ""),
    ];
    this.#all.push({ kind, forms: [...new Set(forms)].map((form) => form.toLowerCase()) });
    return value;
  }

  /** A password that every rule accepts; it has no part of a planted name. */
  password(): string {
    return this.plant("password", `Zangvogel+${letters()}+17!`);
  }

  /** A text that our code would never produce. */
  text(): string {
    return this.plant("text", `kanarie~${letters()}`);
  }

  /** A last name with a hyphen, which its login name lacks, so the login name does not contain it. */
  name(): string {
    return this.plant("name", `Kanarie-${letters()}`);
  }

  email(domain: string): string {
    return this.plant("email", `kanarie.${letters()}@${domain}`);
  }

  /** An identity token: the whole token, and its signature alone. */
  token(value: string): string {
    const signature = value.split(".")[2];
    if (signature !== undefined) this.plant("token", signature);
    return this.plant("token", value);
  }

  sightings(where: string, content: string): Sighting[] {
    const text = content.toLowerCase();
    return this.#all.flatMap(({ kind, forms }) => {
      const form = forms.find((one) => text.includes(one));
      if (form === undefined) return [];
      const at = text.indexOf(form);
      return [
        { kind, canary: form, where, excerpt: content.slice(Math.max(0, at - 200), at + form.length + 60) },
      ];
    });
  }

  /** Searches all files of a folder. */
  sightingsIn(folder: string): Sighting[] {
    return readdirSync(folder).flatMap((name) =>
      this.sightings(name, readFileSync(join(folder, name), "utf8")),
    );
  }
}
