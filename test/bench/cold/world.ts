import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { userKey } from "../../../shared/dynamodb/keys.ts";
import { registerCareOrganisation, type CareOrganisation } from "../../support/care-organisation.ts";
import { ServiceProxy } from "../../support/service-proxy.ts";
import { OwnStack } from "../../support/stack.ts";
import type { RecordedCall } from "./recorded-services.ts";

/** Variables by name. */
export type Environment = Readonly<Record<string, string>>;

/** The calls and answers of a process that is started with the environment. */
export interface Recording {
  readonly environment: Environment;
  readonly calls: readonly RecordedCall[];
}

interface Account {
  readonly username: string;
  readonly password: string;
}

/** Someone who is signed in to the API and to the pages. */
export interface SignedIn {
  readonly token: string;
  readonly cookie: string;
}

/** The local stack with an organisation in it, for functions to be asked something about. */
export class World {
  readonly proxy: ServiceProxy;
  readonly stack: OwnStack;
  readonly organisation: CareOrganisation;
  readonly administrator: SignedIn;
  readonly manager: SignedIn;

  private constructor(parts: Pick<World, "proxy" | "stack" | "organisation" | "administrator" | "manager">) {
    this.proxy = parts.proxy;
    this.stack = parts.stack;
    this.organisation = parts.organisation;
    this.administrator = parts.administrator;
    this.manager = parts.manager;
  }

  static async start(): Promise<World> {
    const proxy = await ServiceProxy.start();
    const stack = await OwnStack.start({}, { detour: proxy.detour });
    const manager = await signedIn(stack, stack.account("contract-manager"));
    const organisation = await registerCareOrganisation(stack, manager.token);
    const administrator = await signedIn(stack, organisation.administrator);
    return new World({ proxy, stack, organisation, administrator, manager });
  }

  async stop(): Promise<void> {
    await this.stack.stop();
    await this.proxy.stop();
  }

  /** The environment variables that the template and Lambda give a function. */
  async environmentOf(name: string): Promise<Environment> {
    // Any event starts it, even one that it cannot read.
    await this.stack.invoke(name, {});
    const environments = this.stack.host.environments();
    const found = environments.find(({ variables }) => variables["POWERTOOLS_SERVICE_NAME"] === name);
    if (!found) throw new Error(`${name} does not run`);
    // The local host serves several calls at a time in one environment, and Lambda one.
    const entries = Object.entries(found.variables);
    return Object.fromEntries(entries.filter(([variable]) => variable !== "AWS_LAMBDA_MAX_CONCURRENCY"));
  }

  /** Records what is asked and answered until the next recording begins. */
  async record(name: string, environment: Environment): Promise<Recording> {
    const { id: organisationId, administrator } = this.organisation;
    await ageSessions(this.stack, this.stack.account("contract-manager"));
    await ageSessions(this.stack, { ...administrator, organisationId });
    const by = `cold-${name}`;
    const calls: RecordedCall[] = [];
    this.proxy.answered = (call, answer) => {
      if (call.by === by) calls.push({ ...call, answer });
    };
    const ownAddress = (service: string, address: string) => `${new URL(address).origin}/${by}/${service}`;
    return { environment: withServices(environment, ownAddress), calls };
  }

  /** The key of a mail that waits in the outbox; from now on the stack's own send-mail reaches no service. */
  async queuedMailKey(): Promise<string> {
    this.proxy.disturb = ({ by }) => (by === "send-mail" ? { kind: "break" } : null);
    const { username } = this.organisation.user;
    const request = () => this.stack.call("POST", "/v1/password-links", { body: { username } });
    const { calls } = await this.proxy.during(request);
    const key = calls.map(({ body }) => /"(MAIL#[^"]+)"/.exec(body)?.[1]).find((one) => one !== undefined);
    if (key === undefined) throw new Error("a request for a password link queued no mail");
    return key;
  }
}

const serviceAddress = /^http:\/\/127\.0\.0\.1:\d+\/[\w-]+\/(dynamodb|cognito|ses)$/;

/** The variables, with other addresses of the services in them. */
export function withServices(
  environment: Environment,
  addressOf: (service: string, address: string) => string,
): Environment {
  const entries = Object.entries(environment).map(([name, value]) => {
    const service = serviceAddress.exec(value)?.[1];
    return [name, service === undefined ? value : addressOf(service, value)] as const;
  });
  return Object.fromEntries(entries);
}

async function signedIn(stack: OwnStack, { username, password }: Account): Promise<SignedIn> {
  const { headers } = await stack.call("POST", "/", {
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ username, password }).toString(),
    redirect: "manual",
  });
  const cookies = headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0]);
  return { token: await stack.tokenOf({ username, password }), cookie: cookies.join("; ") };
}

/** Pages note once a minute that a session is in use: the recorded request has to, because the later ones do. */
async function ageSessions(
  stack: OwnStack,
  user: { readonly username: string; readonly organisationId: string },
): Promise<void> {
  const { client, tableName: TableName } = stack.tables();
  const Key = userKey(user);
  const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  const lastSeenAt = new Date(Date.now() - 120_000).toISOString();
  const aged = Object.entries((Item?.["sessions"] ?? {}) as Record<string, object>).map(
    ([id, session]) => [id, { ...session, lastSeenAt }] as const,
  );
  const change = {
    UpdateExpression: "SET sessions = :sessions",
    ExpressionAttributeValues: { ":sessions": Object.fromEntries(aged) },
  };
  await client.send(new UpdateCommand({ TableName, Key, ...change }));
}
