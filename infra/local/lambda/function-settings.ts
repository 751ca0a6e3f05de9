import * as z from "zod/mini";
import { HostError } from "../host-error.ts";
import type { State } from "../state.ts";
import type { Catalogue, Found } from "../template/catalogue.ts";
import type { FunctionSettings } from "./lambda-function.ts";

const FunctionProperties = z.looseObject({
  Handler: z.string(),
  Runtime: z.string(),
  Timeout: z._default(z.coerce.number(), 3),
  MemorySize: z._default(z.coerce.number(), 128),
  Code: z.looseObject({ S3Key: z.string() }),
  Environment: z.optional(z.looseObject({ Variables: z.optional(z.record(z.string(), z.coerce.string())) })),
});

/** Addresses of the services that functions call. */
export interface Endpoints {
  dynamodbUrl: string;
  cognitoUrl: string;
  mailUrl: string;
  invokeUrl: string;
}

/**
 * Gives one function other addresses, such as those of a proxy in front of the services.
 * @param variables the function's environment in the template
 */
export type Detour = (endpoints: Endpoints, variables: Readonly<Record<string, string>>) => Endpoints;

export interface SettingsParts {
  catalogue: Catalogue;
  state: State;
  endpoints: Endpoints;
  detour?: Detour | undefined;
}

/** @throws HostError if the function's code is not in the assembly */
export function functionSettings(
  found: Found,
  { catalogue, state, endpoints, detour }: SettingsParts,
): FunctionSettings {
  const { Handler, Runtime, Timeout, MemorySize, Code, Environment } = catalogue.parse(
    found,
    FunctionProperties,
  );
  const directory = catalogue.assembly.assets.get(Code.S3Key);
  if (directory === undefined)
    throw new HostError(`The code of function ${found.key} is not in the synthesised app.`);
  const settings = {
    logicalId: found.logicalId,
    directory,
    handler: Handler,
    functionName: catalogue.nameOf(found),
    functionArn: catalogue.attributeOf(found, "Arn"),
    memorySize: MemorySize,
    timeoutSeconds: Timeout,
    logFile: state.path("logs", `${found.logicalId}.log`),
  };
  const own = Environment?.Variables ?? {};
  const given = lambdaEnvironment({ ...settings, region: found.stack.region, runtime: Runtime });
  const reached = detour?.(endpoints, own) ?? endpoints;
  return { ...settings, environment: { ...own, ...given, ...endpointVariables(reached) } };
}

/** The variables that Lambda itself sets. The access key tells the guard which function calls (iam/guard.ts). */
function lambdaEnvironment(
  settings: Omit<FunctionSettings, "environment"> & { region: string; runtime: string },
): Record<string, string> {
  return {
    AWS_REGION: settings.region,
    AWS_DEFAULT_REGION: settings.region,
    AWS_ACCESS_KEY_ID: settings.logicalId,
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

/** AWS_ENDPOINT_URL catches calls to services without a stand-in, so that none leaves the machine by mistake. */
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
