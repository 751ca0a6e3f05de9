import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvokeCommand, LambdaClient, type InvokeCommandOutput } from "@aws-sdk/client-lambda";
import { inject } from "vitest";
import { startHost, type HostSettings, type RunningHost } from "../../infra/local/start-host.ts";
import type { DemoAccount } from "../../infra/local/demo/seed.ts";
import { createDocumentClient, type Tables } from "../../shared/dynamodb/client.ts";
import { keepUsedGrants } from "./used-grants.ts";

/** A response of the API, with its JSON parsed. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Tests assert on the body; a schema here would be a second contract.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** In base64. */
  readonly attachments: readonly { readonly filename?: string; readonly content: string }[];
}

interface StoredMail {
  destination: { to: string[] };
  subject: string;
  body: { html?: string; text?: string };
  attachments?: { filename?: string; content: string }[];
}

/** Tests request many links from one address, and try many files. */
export const roomyLimits = {
  linksPerSourcePerHour: "10000",
  linksPerUserPerHour: "1000",
  dryRunsPerOrganisationPerHour: "1000",
};

interface Addresses {
  readonly baseUrl: string;
  readonly mailUrl: string;
  readonly accounts: readonly DemoAccount[];
}

/** The parts of a synthesised template that tests read. */
interface Template {
  readonly Resources: Readonly<
    Record<
      string,
      { Type: string; Properties?: { Environment?: { Variables?: Readonly<Record<string, unknown>> } } }
    >
  >;
}

/** The real local stack, with what tests do on it. */
export class Stack {
  readonly baseUrl: string;
  readonly mailUrl: string;
  readonly accounts: readonly DemoAccount[];

  protected constructor({ baseUrl, mailUrl, accounts }: Addresses) {
    this.baseUrl = baseUrl;
    this.mailUrl = mailUrl;
    this.accounts = accounts;
  }

  /** The stack that all files of the suite share (shared-stack.ts); tests do not touch each other's users. */
  static shared(): Stack {
    const file = join(inject("stackFolder"), ".portero", "demo.json");
    return new Stack(JSON.parse(readFileSync(file, "utf8")) as Addresses);
  }

  async call(
    method: string,
    path: string,
    {
      token,
      body,
      headers,
      redirect = "follow",
    }: {
      token?: string;
      body?: unknown;
      headers?: Record<string, string>;
      redirect?: "follow" | "manual";
    } = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      redirect,
      headers: {
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = text !== "" && response.headers.get("content-type")?.includes("json") === true;
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  }

  /** A demonstration account with a role at an organisation; without a role, a user without a special situation. */
  account(role: string | null, organisationId?: string): DemoAccount {
    const found = this.accounts.find(
      (one) =>
        one.situation === null &&
        (organisationId === undefined || one.organisationId === organisationId) &&
        (role === null ? one.roles.length === 0 : one.roles.includes(role)),
    );
    if (!found) throw new Error(`the demonstration has no ${role ?? "plain user"}`);
    return found;
  }

  async signIn(account: { username: string; password: string }): Promise<Answer> {
    const { username, password } = account;
    return this.call("POST", "/v1/sessions", { body: { username, password } });
  }

  async tokenOf(account: { username: string; password: string }): Promise<string> {
    const answer = await this.signIn(account);
    if (answer.status !== 201) throw new Error(`signing in failed: ${JSON.stringify(answer.body)}`);
    return answer.body.idToken as string;
  }

  async mails(to?: string): Promise<Mail[]> {
    const response = await fetch(`${this.mailUrl}/store`);
    const { emails } = (await response.json()) as { emails: StoredMail[] };
    return emails
      .map(({ destination, subject, body, attachments = [] }) => ({
        to: destination.to.join(","),
        subject,
        html: body.html ?? "",
        text: body.text ?? "",
        attachments,
      }))
      .filter((mail) => to === undefined || mail.to === to);
  }

  /** Waits until an address has that many mails, and a little longer in case there are more. */
  async waitForMails(
    to: string,
    count: number,
    patienceMilliseconds = 60_000,
    wanted: (mail: Mail) => boolean = () => true,
  ): Promise<Mail[]> {
    const deadline = Date.now() + patienceMilliseconds;
    for (;;) {
      const mails = (await this.mails(to)).filter(wanted);
      if (mails.length >= count) return mails;
      if (Date.now() > deadline) throw new Error(`${to} has ${mails.length} mails, not ${count}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Requests a password link and reads its secret from the mail. */
  async linkFor(username: string, email: string): Promise<string> {
    // A mail about something else may arrive as well.
    const before = (await this.mails(email)).filter(hasLink).length;
    const asked = await this.call("POST", "/v1/password-links", { body: { username } });
    if (asked.status !== 202) throw new Error(`asking failed: ${JSON.stringify(asked.body)}`);
    const mails = await this.waitForMails(email, before + 1, undefined, hasLink);
    return linkToken(mails.at(-1));
  }

  /** Takes a new account all the way to a signed-in user. */
  async givePassword(username: string, email: string, password: string): Promise<void> {
    const token = await this.linkFor(username, email);
    const set = await this.call("POST", `/v1/password-links/${token}/redemption`, { body: { password } });
    if (set.status !== 204) throw new Error(`setting the password failed: ${JSON.stringify(set.body)}`);
  }
}

/** A test's own stack, which it may break or configure. */
export class OwnStack extends Stack {
  readonly host: RunningHost;
  /** The folder of its state. */
  readonly directory: string;

  private constructor(host: RunningHost, directory: string) {
    super(host);
    this.host = host;
    this.directory = directory;
  }

  /** @param options of the host that a test's stack does not choose by itself */
  static async start(
    context: Record<string, string> = {},
    options: Pick<HostSettings, "detour" | "seed" | "app"> = {},
  ): Promise<OwnStack> {
    const directory = mkdtempSync(join(tmpdir(), "portero-"));
    const host = await startHost({
      ...options,
      stateDirectory: directory,
      context: { ...roomyLimits, ...context },
    });
    return new OwnStack(host, directory);
  }

  /** Direct access to its tables, without any function. */
  tables(): Tables {
    const { dynamodbUrl: endpoint, outputs } = this.host;
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    return {
      client: createDocumentClient({ endpoint, region: "eu-west-1", credentials }),
      tableName: outputs["TableName"] ?? "",
      auditTableName: outputs["AuditTableName"] ?? "",
    };
  }

  /** The logical ids of its functions, by folder. */
  functionIds(): Map<string, string> {
    const entries = ["local-portero-data", "local-portero-app"].flatMap((stackName) => {
      const path = join(this.directory, "cdk.out", `${stackName}.template.json`);
      const { Resources } = JSON.parse(readFileSync(path, "utf8")) as Template;
      return Object.entries(Resources).flatMap(([id, { Type, Properties }]) => {
        const folder = Properties?.Environment?.Variables?.["POWERTOOLS_SERVICE_NAME"];
        return Type === "AWS::Lambda::Function" && typeof folder === "string" ? [[folder, id] as const] : [];
      });
    });
    return new Map(entries);
  }

  /** Invokes a function as its event source would. */
  async invoke(
    folder: string,
    event: unknown,
    InvocationType: "RequestResponse" | "Event" = "RequestResponse",
  ): Promise<InvokeCommandOutput> {
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const lambda = new LambdaClient({ endpoint: this.host.invokeUrl, region: "eu-west-1", credentials });
    const FunctionName = `local-portero-${folder}`;
    return lambda.send(new InvokeCommand({ FunctionName, InvocationType, Payload: JSON.stringify(event) }));
  }

  /** The logs of functions whose construct has this name. */
  logOf(construct: string): string {
    const folder = join(this.directory, "logs");
    const files = readdirSync(folder).filter((name) => name.startsWith(construct));
    return files.map((name) => readFileSync(join(folder, name), "utf8")).join("");
  }

  /** The messages in a function's dead-letter queue. */
  deadLetters(construct: string): string[] {
    const folder = join(this.directory, "queues");
    const files = readdirSync(folder).filter((name) => name.startsWith(construct));
    return files.flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n").filter(Boolean));
  }

  async stop(): Promise<void> {
    await this.host.stop();
    keepUsedGrants(this.host);
    rmSync(this.directory, { recursive: true, force: true });
  }
}

const link = /\/wachtwoord\/([A-Za-z0-9_-]{43})/;
const hasLink = ({ text }: Mail) => link.test(text);

/** The secret in a password link's mail. */
export function linkToken(mail: Mail | undefined): string {
  const token = link.exec(mail?.text ?? "")?.[1];
  if (token === undefined) throw new Error(`no link in the mail "${mail?.subject ?? ""}"`);
  return token;
}

/** The claims of a token, not verified. */
export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as Record<
    string,
    unknown
  >;
}

let serial = 0;
/** Tells the users of this test file from those of files that run in parallel. */
const family = Array.from({ length: 6 }, () => "abcdefghij".charAt(Math.floor(Math.random() * 10))).join("");

/** A person that no other test uses. */
export function newPerson(parts: Record<string, unknown> = {}): Record<string, unknown> & { email: string } {
  serial += 1;
  const letters = family + Array.from(String(serial), (digit) => "abcdefghij".charAt(Number(digit))).join("");
  return {
    initials: "F.",
    firstName: "Femke",
    lastName: `Proef${letters}`,
    email: `femke.${letters}@dezonnehof.example`,
    ...parts,
  };
}
