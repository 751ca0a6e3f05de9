import * as z from "zod/mini";
import { HostError } from "../host-error.ts";
import { type Catalogue, type Found, rootResourceId } from "../template/catalogue.ts";

const ResourceProperties = z.looseObject({
  RestApiId: z.string(),
  ParentId: z.string(),
  PathPart: z.string(),
});
const MethodProperties = z.looseObject({
  RestApiId: z.string(),
  HttpMethod: z.string(),
  ResourceId: z.string(),
  AuthorizationType: z.enum(["NONE", "COGNITO_USER_POOLS"]),
  AuthorizerId: z.optional(z.string()),
  Integration: z.strictObject({
    Type: z.literal("AWS_PROXY"),
    IntegrationHttpMethod: z.literal("POST"),
    Uri: z.string().check(z.regex(/\/functions\/.+\/invocations$/)),
  }),
});

export interface Method {
  httpMethod: string;
  resourceId: string;
  /** The template's path, with parameters: `/v1/organisations/{id}`. */
  resourcePath: string;
  /** The Cognito authorizer's name, or null where anyone may call. */
  authorizerId: string | null;
  functionArn: string;
}

export interface Match {
  method: Method;
  pathParameters: Record<string, string> | null;
}

interface Node {
  resourceId: string;
  resourcePath: string;
  literals: Map<string, Node>;
  /** `{name}`, or `{name+}`, which is greedy: it takes the rest of the path. */
  variable: { name: string; greedy: boolean; node: Node } | null;
  methods: Map<string, Method>;
}

const methodsOfAny = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]);

/** The routes of one REST API, from its resources and methods. */
export class RestRoutes {
  readonly #root: Node = newNode(rootResourceId, "/");

  /** @throws HostError for a method that is not a function's proxy integration */
  constructor(catalogue: Catalogue, restApi: Found) {
    const apiId = catalogue.nameOf(restApi);
    const nodes = new Map([[rootResourceId, this.#root]]);
    const resources = catalogue
      .ofType("AWS::ApiGateway::Resource")
      .map((found) => ({ id: catalogue.nameOf(found), ...catalogue.parse(found, ResourceProperties) }))
      .filter(({ RestApiId }) => RestApiId === apiId);
    const add = (parent: string, node: Node) => {
      for (const { id, PathPart } of resources.filter(({ ParentId }) => ParentId === parent)) {
        const child = addChild(node, id, PathPart);
        nodes.set(id, child);
        add(id, child);
      }
    };
    add(rootResourceId, this.#root);
    for (const found of catalogue.ofType("AWS::ApiGateway::Method")) {
      const properties = catalogue.parse(found, MethodProperties);
      const node = nodes.get(properties.ResourceId);
      if (properties.RestApiId !== apiId || !node)
        throw new HostError(`${found.key} is no method of the only REST API that the local host supports.`);
      node.methods.set(properties.HttpMethod, methodOf(node, properties));
    }
  }

  /**
   * Finds the method for a request, or null. Literal parts go before parameters, and these before greedy ones; a
   * slash at the end makes no difference. Values of parameters stay percent-encoded, as in API Gateway.
   */
  match(httpMethod: string, path: string): Match | null {
    const segments = path
      .replace(/^\/+/, "")
      .replace(/\/+$/, "")
      .split("/")
      .filter((part, _, all) => all.length > 1 || part !== "");
    const found = walk(this.#root, segments, {});
    const any = methodsOfAny.has(httpMethod) ? found?.node.methods.get("ANY") : undefined;
    const method = found?.node.methods.get(httpMethod) ?? any;
    if (!found || !method) return null;
    return { method, pathParameters: Object.keys(found.parameters).length > 0 ? found.parameters : null };
  }
}

function methodOf(node: Node, properties: z.infer<typeof MethodProperties>): Method {
  const { HttpMethod, AuthorizationType, AuthorizerId, Integration } = properties;
  return {
    httpMethod: HttpMethod,
    resourceId: node.resourceId,
    resourcePath: node.resourcePath,
    authorizerId: AuthorizationType === "NONE" ? null : (AuthorizerId ?? ""),
    functionArn: /functions\/(.+)\/invocations$/.exec(Integration.Uri)?.[1] ?? "",
  };
}

type Walked = { node: Node; parameters: Record<string, string> } | null;

function walk(node: Node, segments: string[], parameters: Record<string, string>): Walked {
  const [segment, ...rest] = segments;
  if (segment === undefined) return node.methods.size > 0 ? { node, parameters } : null;
  const literal = node.literals.get(decodeURIComponent(segment));
  const exact = literal ? walk(literal, rest, parameters) : null;
  if (exact || !node.variable || segment === "") return exact;
  const { name, greedy, node: below } = node.variable;
  return greedy
    ? walk(below, [], { ...parameters, [name]: segments.join("/") })
    : walk(below, rest, { ...parameters, [name]: segment });
}

function newNode(resourceId: string, resourcePath: string): Node {
  return { resourceId, resourcePath, literals: new Map(), variable: null, methods: new Map() };
}

function addChild(parent: Node, id: string, part: string): Node {
  const node = newNode(id, `${parent.resourcePath === "/" ? "" : parent.resourcePath}/${part}`);
  const name = /^\{([^}+]+)(\+?)\}$/.exec(part);
  if (name?.[1]) parent.variable = { name: name[1], greedy: name[2] === "+", node };
  else parent.literals.set(part, node);
  return node;
}
