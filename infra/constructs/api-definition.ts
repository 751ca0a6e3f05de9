import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { FunctionName } from "../../shared/runtime/function-variables.ts";
import type { Endpoint } from "../functions.ts";
import { functionNameOf } from "./bundled-function.ts";
import type { GatewayProblem } from "./gateway-problems.ts";

export interface ApiDefinitionProps {
  readonly title: string;
  readonly userPoolArn: string;
  /** The endpoints of each function. */
  readonly endpoints: Readonly<Partial<Record<FunctionName, readonly Endpoint[]>>>;
  /** The gateway's own answers by response type. */
  readonly problems: Readonly<Record<string, GatewayProblem>>;
}

const authorizer = "identity-token";

/**
 * The OpenAPI document that API Gateway makes the API from ("OpenAPI extensions for API Gateway" in its guide). It is
 * one resource in the place of two for each route, of which a stack could not hold enough. It names routes and
 * functions only; clients read the document that the function `meta` answers.
 */
export function apiDefinition(scope: Construct, props: ApiDefinitionProps): Record<string, unknown> {
  const { title, userPoolArn, problems } = props;
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, served] of Object.entries(props.endpoints)) {
    const integration = integrationOf(scope, name as FunctionName);
    for (const { method, path, open } of served) {
      const operation = {
        ...(!open && { security: [{ [authorizer]: [] }] }),
        "x-amazon-apigateway-integration": integration,
      };
      const at = (paths[path] ??= withParameters(path));
      at[method.toLowerCase()] = operation;
      if (method === "GET") at["head"] = operation;
    }
  }
  return {
    openapi: "3.0.1",
    info: { title, version: "1" },
    paths,
    components: { securitySchemes: { [authorizer]: securityScheme(userPoolArn) } },
    "x-amazon-apigateway-gateway-responses": problems,
    // The gateway decodes an answer that says it is base64 only if the first type in Accept is one of these, so they
    // have to be all types ("Binary media types for REST APIs" in its guide). Other answers stay as they are, and
    // every request's body comes as base64 (shared/http/request-body.ts).
    "x-amazon-apigateway-binary-media-types": ["*/*"],
  };
}

/** The function is named and not referred to, because functions have the API's address as variable. */
function integrationOf(scope: Construct, name: FunctionName): Record<string, string> {
  const { partition, region, account } = Stack.of(scope);
  const functionArn = `arn:${partition}:lambda:${region}:${account}:function:${functionNameOf(scope, name)}`;
  return {
    type: "aws_proxy",
    httpMethod: "POST",
    uri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
  };
}

function withParameters(path: string): Record<string, unknown> {
  const names = Array.from(path.matchAll(/\{(\w+)\+?\}/g), ([, name]) => name);
  if (names.length === 0) return {};
  const schema = { type: "string" };
  return { parameters: names.map((name) => ({ name, in: "path", required: true, schema })) };
}

/** Results are not kept: a caller would get in after the token has expired. */
function securityScheme(userPoolArn: string): Record<string, unknown> {
  return {
    type: "apiKey",
    name: "Authorization",
    in: "header",
    "x-amazon-apigateway-authtype": "cognito_user_pools",
    "x-amazon-apigateway-authorizer": {
      type: "cognito_user_pools",
      providerARNs: [userPoolArn],
      authorizerResultTtlInSeconds: 0,
    },
  };
}
