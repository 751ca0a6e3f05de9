import { mkdir } from "node:fs/promises";
import type { Application } from "./application.ts";
import { type Addresses, isHalfSeeded, prepareDemonstration } from "./demo/demonstration.ts";
import type { DemoAccount } from "./demo/seed.ts";
import { type Emulators, launchEmulators } from "./emulators/emulators.ts";
import { createRestServer } from "./gateway/rest-api.ts";
import { HostError } from "./host-error.ts";
import { Guard, type GuardFigures } from "./iam/guard.ts";
import type { Detour } from "./lambda/function-settings.ts";
import { createInvokeApi } from "./lambda/invoke-api.ts";
import type { Environment } from "./lambda/lambda-pool.ts";
import { closeServer, listen } from "./ports.ts";
import { State } from "./state.ts";
import { readAssembly } from "./template/assembly.ts";
import { Catalogue } from "./template/catalogue.ts";
import { listNotServed } from "./template/not-served.ts";
import { requireSupported } from "./template/resource-types.ts";
import { synthesise } from "./template/synthesis.ts";
import { CurrentTroubles } from "./troubles/current-troubles.ts";
import type { TroubleName } from "./troubles/troubles.ts";

export interface HostSettings {
  /** Folder with everything the host keeps; two hosts cannot share one. */
  stateDirectory: string;
  /** Must be free; absent: any free port. */
  port?: number | undefined;
  /** Tried first when no port is given. */
  preferredPort?: number;
  /** Configuration by key, like that of `cdk -c`. */
  context?: Record<string, string>;
  /** Starts over with an empty state. */
  reset?: boolean;
  /** Fills an empty state with the demonstration; true if absent. */
  seed?: boolean;
  /** Gives functions other addresses than those of the emulators, such as a proxy that counts or disturbs calls. */
  detour?: Detour;
  /** The command that is the CDK app, if not the one in cdk.json. */
  app?: string | undefined;
  /** Troubles of the services around the app, which begin when it is ready. */
  troubles?: readonly TroubleName[];
  /** Called with each step of the start, and with remarks. */
  log?: (line: string) => void;
  /** Ends a start that is under way. */
  signal?: AbortSignal;
}

export interface RunningHost extends Addresses {
  /** The outputs of all stacks, by name. */
  outputs: Readonly<Record<string, string>>;
  /** The accounts of the demonstration. */
  accounts: readonly DemoAccount[];
  /** The troubles of the services around the app, for tests. */
  troubles: CurrentTroubles;
  /** The functions' execution environments that exist now. */
  environments: () => Environment[];
  /** The decisions of the guard of the functions' roles. */
  decisions: GuardFigures;
  /** Stops everything that the host started. */
  stop: () => Promise<void>;
  /** Fulfilled when the host has stopped: with the error that stopped it, or null if it was told to. */
  stopped: Promise<HostError | null>;
}

/**
 * Runs the CDK app on this machine: synthesises it, makes its templates' resources on emulators, and serves it.
 * @throws HostError with a sentence for the user; everything that was started is stopped again
 */
export async function startHost(settings: HostSettings): Promise<RunningHost> {
  const host = new Host(settings);
  try {
    return await Promise.race([host.start(), host.stoppedEarly()]);
  } catch (error) {
    await host.stop();
    throw (await host.failure()) ?? error;
  }
}

class Host {
  readonly #settings: HostSettings;
  readonly #state: State;
  readonly #log: (line: string) => void;
  readonly #rest = createRestServer();
  readonly #invokeApi = createInvokeApi();
  readonly #troubles = new CurrentTroubles();
  readonly #guard = new Guard(this.#troubles);
  readonly #ended = Promise.withResolvers<HostError | null>();
  readonly #abort = new AbortController();
  #emulators: Emulators | null = null;
  #application: Application | null = null;
  #unlock: (() => void) | null = null;
  #stopping: Promise<void> | null = null;
  #failure: HostError | null = null;

  constructor(settings: HostSettings) {
    this.#settings = settings;
    this.#state = new State(settings.stateDirectory);
    this.#log = settings.log ?? (() => undefined);
    settings.signal?.addEventListener("abort", () => {
      this.#abort.abort(settings.signal?.reason);
      void this.stop();
    });
  }

  async start(): Promise<RunningHost> {
    await this.#openState();
    const { emulators, addresses } = await this.#launch();
    const [catalogue, { runApplication }] = await Promise.all([
      this.#synthesise(addresses),
      // The AWS SDK loads while the app is synthesised.
      import("./application.ts"),
    ]);
    const application = await runApplication({
      state: this.#state,
      catalogue,
      emulators,
      addresses,
      guard: this.#guard,
      detour: this.#settings.detour,
      serveFunctions: this.#invokeApi.serve,
      serveApi: this.#rest.serve,
      log: this.#log,
      signal: this.#abort.signal,
    });
    this.#application = application;
    if (this.#stopping) await application.stop(Promise.resolve());
    this.#abort.signal.throwIfAborted();
    const outputs = catalogue.outputs();
    const accounts = await this.#demonstrate(catalogue, outputs, addresses);
    this.#abort.signal.throwIfAborted();
    for (const name of this.#settings.troubles ?? []) this.#troubles.begin(name);
    const stopping = { stop: () => this.stop(), stopped: this.#ended.promise };
    const environments = () => this.#application?.environments() ?? [];
    const { figures: decisions } = this.#guard;
    return {
      ...addresses,
      ...stopping,
      outputs,
      accounts,
      environments,
      decisions,
      troubles: this.#troubles,
    };
  }

  /** Rejects once the host has stopped: a step of its start may not notice, or be slow on a busy machine. */
  async stoppedEarly(): Promise<never> {
    const failure = await this.#ended.promise;
    throw failure ?? this.#abort.signal.reason;
  }

  /** The error that stopped the host, once it has stopped. */
  failure(): Promise<HostError | null> {
    return this.#ended.promise;
  }

  /** Stops the sources of work first, so that the functions can finish what has begun. */
  stop(): Promise<void> {
    this.#stopping ??= (async () => {
      this.#abort.abort(new HostError("The local host was stopped while it started."));
      const drained = closeServer(this.#rest.server);
      await this.#application?.stop(drained);
      await drained;
      await closeServer(this.#invokeApi.server);
      await this.#guard.stop();
      await this.#emulators?.stop();
      this.#unlock?.();
      this.#ended.resolve(this.#failure);
    })();
    return this.#stopping;
  }

  async #fail(error: HostError): Promise<void> {
    if (this.#stopping) return;
    this.#failure = error;
    this.#abort.abort(error);
    await this.stop();
  }

  async #openState(): Promise<void> {
    const { stateDirectory, reset } = this.#settings;
    await mkdir(stateDirectory, { recursive: true });
    this.#unlock = this.#state.lock();
    if (reset) await this.#state.empty();
    await this.#state.load();
    if (!isHalfSeeded(this.#state)) return;
    this.#log(
      "The last start was broken off while it made the demonstration: starting over with an empty state",
    );
    await this.#state.empty();
    await this.#state.load();
  }

  /** Takes all ports, which the synthesised app contains. */
  async #launch(): Promise<{ emulators: Emulators; addresses: Addresses }> {
    const { resources } = this.#state;
    const baseUrl = await this.#takePort();
    const invokePort = await listen(this.#invokeApi.server, resources.ports["invoke"] ?? 0);
    await this.#guard.start();
    const emulators = await launchEmulators(this.#state, (error) => void this.#fail(error));
    this.#emulators = emulators;
    if (this.#stopping) await emulators.stop();
    this.#abort.signal.throwIfAborted();
    const { dynamodb, cognito, ses } = emulators;
    resources.ports = { invoke: invokePort, dynamodb: dynamodb.port, cognito: cognito.port, ses: ses.port };
    await this.#state.save();
    if (dynamodb.remark !== null) this.#log(dynamodb.remark);
    this.#log("Emulators for DynamoDB, Cognito and SES started");
    const invokeUrl = `http://127.0.0.1:${invokePort}`;
    const urls = { mailUrl: ses.url, dynamodbUrl: dynamodb.url, cognitoUrl: cognito.url };
    return { emulators, addresses: { baseUrl, invokeUrl, ...urls } };
  }

  async #takePort(): Promise<string> {
    const { port, preferredPort = 0 } = this.#settings;
    if (port !== undefined) {
      const taken = await listen(this.#rest.server, port, { exactly: true });
      return `http://127.0.0.1:${taken}`;
    }
    const taken = await listen(this.#rest.server, preferredPort);
    if (preferredPort !== 0 && taken !== preferredPort)
      this.#log(`Port ${preferredPort} is in use; taking ${taken} instead`);
    return `http://127.0.0.1:${taken}`;
  }

  async #synthesise({ baseUrl, cognitoUrl }: Addresses): Promise<Catalogue> {
    const output = this.#state.path("cdk.out");
    const own = Object.entries(this.#settings.context ?? {}).map(([key, value]) => `${key}=${value}`);
    await synthesise({
      output,
      context: ["stage=local", `publicUrl=${baseUrl}`, `jwksOrigin=${cognitoUrl}`, ...own],
      app: this.#settings.app,
      signal: this.#abort.signal,
    });
    const catalogue = new Catalogue(await readAssembly(output), this.#state.resources.physicalIds, baseUrl);
    requireSupported(catalogue.all());
    this.#log("CDK app synthesised");
    const missing = listNotServed(catalogue.all()).map((line) => `\n${" ".repeat(11)}- ${line}`);
    this.#log(`Of its templates, not served on one machine:${missing.join("")}`);
    return catalogue;
  }

  async #demonstrate(
    catalogue: Catalogue,
    outputs: Record<string, string>,
    addresses: Addresses,
  ): Promise<DemoAccount[]> {
    const seed = this.#settings.seed ?? true;
    const isNew = seed && this.#state.resources.seed === "none";
    const region = catalogue.assembly.stacks[0]?.region ?? "";
    const accounts = await prepareDemonstration(this.#state, { addresses, region, outputs, seed });
    if (isNew && accounts.length > 0) this.#log(`Demonstration made: ${accounts.length} accounts`);
    return accounts;
  }
}
