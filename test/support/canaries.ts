import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What must show up nowhere but where it belongs: in requests, in mails, in the table. */
export type CanaryKind = "password" | "token" | "link" | "cookie" | "email" | "name" | "text";

interface Canary {
  readonly kind: CanaryKind;
  /** The ways in which it could be written down. */
  readonly forms: readonly string[];
}

export interface Sighting {
  readonly kind: CanaryKind;
  readonly canary: string;
  readonly where: string;
  /** What stands around it. */
  readonly excerpt: string;
}

const letters = () =>
  Array.from({ length: 8 }, () => "bcdfghklmn".charAt(Math.floor(Math.random() * 10))).join("");

/** Secrets and personal data that a test plants, and looks for afterwards. */
export class Canaries {
  readonly #all: Canary[] = [];

  /** Remembers something that the application made itself, such as a token. */
  plant(kind: CanaryKind, value: string): string {
    const forms = [
      value,
      encodeURIComponent(value),
      Buffer.from(value).toString("base64").replace(/=+$/, ""),
    ];
    this.#all.push({ kind, forms: [...new Set(forms)].map((form) => form.toLowerCase()) });
    return value;
  }

  /** One that every rule for passwords is content with; it has no part of a planted name. */
  password(): string {
    return this.plant("password", `Zangvogel+${letters()}+17!`);
  }

  /** A text that no code of ours would make. */
  text(): string {
    return this.plant("text", `kanarie~${letters()}`);
  }

  /** A last name; its login name has no hyphen, and so is none of it. */
  name(): string {
    return this.plant("name", `Kanarie-${letters()}`);
  }

  email(domain: string): string {
    return this.plant("email", `kanarie.${letters()}@${domain}`);
  }

  /** An identity token: whole, and the signature that makes it one. */
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

  /** Looks through every file of a folder. */
  sightingsIn(folder: string): Sighting[] {
    return readdirSync(folder).flatMap((name) =>
      this.sightings(name, readFileSync(join(folder, name), "utf8")),
    );
  }
}
