import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import type { Catalogue, Found } from "../template/catalogue.ts";
import { HostError } from "../host-error.ts";
import type { FunctionSettings } from "./lambda-function.ts";
import type { State } from "../state.ts";

const FunctionProperties = z.looseObject({
  Handler: z.string(),
  Runtime: z.optional(z.string()),
  Timeout: z._default(z.coerce.number(), 3),
  MemorySize: z._default(z.coerce.number(), 128),
  Code: z.looseObject({ S3Key: z.optional(z.string()), ZipFile: z.optional(z.string()) }),
  Environment: z.optional(z.looseObject({ Variables: z.optional(z.record(z.string(), z.coerce.string())) })),
});

/** Where functions find what the AWS SDKs talk to. */
export interface Endpoints {
  dynamodbUrl: string;
  cognitoUrl: string;
  mailUrl: string;
  invokeUrl: string;
}

/**
 * Other addresses for one function: of something that stands between it and the services.
 * @param variables what the template gives the function
 */
export type Detour = (endpoints: Endpoints, variables: Readonly<Record<string, string>>) => Endpoints;

export interface SettingsParts {
  catalogue: Catalogue;
  state: State;
  endpoints: Endpoints;
  detour?: Detour | undefined;
}

/** @throws HostError if the function cannot run on this machine */
export function functionSettings(
  found: Found,
  { catalogue, state, endpoints, detour }: SettingsParts,
): FunctionSettings {
  const properties = FunctionProperties.parse(catalogue.properties(found));
  const directory = codeDirectory(found, properties.Code, { catalogue, state });
  const functionName = catalogue.nameOf(found);
  const settings = {
    logicalId: found.logicalId,
    directory,
    handler: properties.Handler,
    functionName,
    functionArn: catalogue.attributeOf(found, "Arn"),
    memorySize: properties.MemorySize,
    timeoutSeconds: properties.Timeout,
    logFile: state.path("logs", `${found.logicalId}.log`),
  };
  const own = properties.Environment?.Variables ?? {};
  const given = lambdaEnvironment({
    ...settings,
    region: found.stack.region,
    runtime: properties.Runtime ?? "nodejs",
  });
  const reached = detour?.(endpoints, own) ?? endpoints;
  return { ...settings, environment: { ...own, ...given, ...endpointVariables(reached) } };
}

function codeDirectory(
  found: Found,
  { S3Key, ZipFile }: { S3Key?: string | undefined; ZipFile?: string | undefined },
  { catalogue, state }: { catalogue: Catalogue; state: State },
): string {
  if (ZipFile !== undefined) {
    const directory = state.path("inline", found.logicalId);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, "index.js"), ZipFile);
    return directory;
  }
  const directory = S3Key === undefined ? undefined : catalogue.assembly.assets.get(S3Key);
  if (directory === undefined)
    throw new HostError(`The code of function ${found.key} is not in the synthesised app.`);
  return directory;
}

/** What Lambda itself sets; the credentials are those that every emulator takes. */
function lambdaEnvironment(
  settings: Omit<FunctionSettings, "environment"> & { region: string; runtime: string },
): Record<string, string> {
  return {
    AWS_REGION: settings.region,
    AWS_DEFAULT_REGION: settings.region,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_EXECUTION_ENV: `AWS_Lambda_${settings.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: settings.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${settings.functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "local",
    AWS_LAMBDA_MAX_CONCURRENCY: "64",
    LAMBDA_TASK_ROOT: settings.directory,
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    _HANDLER: settings.handler,
  };
}

/** The last one is for all services that have no stand-in: nothing may leave the machine by mistake. */
function endpointVariables(endpoints: Endpoints): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodbUrl,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoints.cognitoUrl,
    AWS_ENDPOINT_URL_SES: endpoints.mailUrl,
    AWS_ENDPOINT_URL_SESV2: endpoints.mailUrl,
    AWS_ENDPOINT_URL_LAMBDA: endpoints.invokeUrl,
    AWS_ENDPOINT_URL: endpoints.invokeUrl,
  };
}
