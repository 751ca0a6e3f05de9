import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";

/** The addresses and names of an installation, for scripts. */
export interface Installation {
  /** The outputs of all its stacks, by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Settings for the clients of its services. */
  readonly client: {
    readonly region: string;
    readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** Endpoints of the emulators on this machine; empty for a deployed installation. */
  readonly endpoints: Partial<Record<"dynamodb" | "lambda" | "cognito", string>>;
  readonly local: boolean;
}

/** The user asked for help: the message is all that is wanted, and no failure. */
export class HelpWanted extends Error {}

/** A failure that the user of a script can act on; its message is shown without a stack. */
export class OperationError extends Error {}

/**
 * Finds the installation of a stage by its stacks, or the one that runs on this machine.
 * @param stage null for the one on this machine
 * @param directory the state directory of the one on this machine
 * @throws OperationError if there is none
 */
export async function findInstallation(stage: string | null, directory = ".portero"): Promise<Installation> {
  return stage === null ? localInstallation(directory) : deployedInstallation(stage);
}

/** The region comes from cdk.json alone: AWS_REGION of somebody's shell is often another one. */
async function deployedInstallation(stage: string): Promise<Installation> {
  const client = { region: await regionOf(stage) };
  const cloudFormation = new CloudFormationClient(client);
  const outputs = await Promise.all(
    ["data", "app"].map((part) => outputsOf(`${stage}-portero-${part}`, cloudFormation, client.region)),
  );
  return {
    outputs: Object.fromEntries(outputs.flat()),
    client,
    endpoints: {},
    local: false,
  };
}

async function outputsOf(
  StackName: string,
  cloudFormation: CloudFormationClient,
  region: string,
): Promise<(readonly [string, string])[]> {
  try {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    return (Stacks[0]?.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]);
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    if (name === "ValidationError" && message.includes("does not exist"))
      throw new OperationError(`The stack ${StackName} is not deployed in ${region} in this account.`);
    throw new OperationError(`The stack ${StackName} in ${region} could not be read: ${message}`);
  }
}

async function regionOf(stage: string): Promise<string> {
  const { context } = JSON.parse(await readFile("cdk.json", "utf8")) as {
    context: { stages: Record<string, { region: string }> };
  };
  const region = context.stages[stage]?.region;
  if (region !== undefined) return region;
  const known = Object.keys(context.stages).join(", ");
  throw new OperationError(`The stage ${stage} is not described in cdk.json; it has ${known}.`);
}

async function localInstallation(directory: string): Promise<Installation> {
  const read = async <T>(name: string) => {
    try {
      return JSON.parse(await readFile(join(directory, name), "utf8")) as T;
    } catch {
      throw new OperationError("Nothing runs on this machine: start it with npm start, or name a stage.");
    }
  };
  const [outputs, { ports }] = await Promise.all([
    read<Record<string, string>>("outputs.json"),
    read<{ ports: Record<string, number> }>("resources.json"),
  ]);
  const at = (service: string) => `http://127.0.0.1:${ports[service] ?? 0}`;
  return {
    outputs,
    client: { region: "eu-west-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } },
    endpoints: { dynamodb: at("dynamodb"), lambda: at("invoke"), cognito: at("cognito") },
    local: true,
  };
}

/** @throws OperationError if the installation's stacks do not have the output */
export function outputOf({ outputs }: Installation, name: string): string {
  const value = outputs[name];
  if (value === undefined) throw new OperationError(`The stacks have no output ${name}: deploy them first.`);
  return value;
}

/** The client's settings for one service. */
export function settingsFor({ client, endpoints }: Installation, service: keyof Installation["endpoints"]) {
  const endpoint = endpoints[service];
  return { ...client, ...(endpoint !== undefined && { endpoint }) };
}

/** The settings of a client of SQS, which would else call the host of a queue's address and not AWS_ENDPOINT_URL. */
export const queueSettings = ({ client }: Installation) => ({ ...client, useQueueUrlAsEndpoint: false });

/** Runs a script and sets its exit code; an OperationError is printed as a sentence. */
export async function run(script: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await script();
  } catch (error) {
    if (error instanceof HelpWanted) {
      console.log(error.message);
      return;
    }
    console.error(error instanceof OperationError ? error.message : error);
    process.exitCode = 1;
  }
}
