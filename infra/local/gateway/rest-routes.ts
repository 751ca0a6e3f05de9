import * as z from "zod/mini";
import { type Catalogue, type Found, rootResourceId } from "../template/catalogue.ts";

const ResourceProperties = z.looseObject({ ParentId: z.string(), PathPart: z.string() });
const MethodProperties = z.looseObject({
  HttpMethod: z.string(),
  ResourceId: z.string(),
  AuthorizationType: z._default(z.string(), "NONE"),
  AuthorizationScopes: z.optional(z.array(z.string())),
  AuthorizerId: z.optional(z.string()),
  ApiKeyRequired: z.optional(z.boolean()),
  RequestValidatorId: z.optional(z.string()),
  Integration: z.optional(
    z.looseObject({
      Type: z.optional(z.string()),
      Uri: z.optional(z.string()),
      TimeoutInMillis: z.optional(z.coerce.number()),
    }),
  ),
});

export interface Method {
  httpMethod: string;
  resourceId: string;
  /** As in the template, with its parameters: `/v1/organisations/{id}`. */
  resourcePath: string;
  /** The Cognito authorizer's logical id, or null where everybody may call. */
  authorizerId: string | null;
  functionArn: string;
  timeoutMilliseconds: number;
}

export interface Match {
  method: Method;
  pathParameters: Record<string, string> | null;
}

interface Node {
  resourceId: string;
  resourcePath: string;
  literals: Map<string, Node>;
  /** `{name}`, or `{name+}` when it takes the whole rest of the path. */
  variable: { name: string; greedy: boolean; node: Node } | null;
  methods: Map<string, Method>;
}

const longestTimeout = 29_000;
const methodsOfAny = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]);

/** The routes of one REST API, as its resources and methods spell them. */
export class RestRoutes {
  readonly #root: Node = newNode(rootResourceId, "/");
  /** What the template asks for and this host does not do, in words. */
  readonly remarks: string[] = [];

  constructor(catalogue: Catalogue, restApi: Found) {
    const ofThisApi = (type: string) =>
      catalogue
        .ofType(type)
        .map((found) => ({ found, properties: catalogue.properties(found) }))
        .filter(({ properties }) => properties["RestApiId"] === catalogue.nameOf(restApi));
    const nodes = new Map([[rootResourceId, this.#root]]);
    const resources = ofThisApi("AWS::ApiGateway::Resource").map(({ found, properties }) => ({
      id: catalogue.nameOf(found),
      ...ResourceProperties.parse(properties),
    }));
    const add = (parent: string, node: Node) => {
      for (const { id, PathPart } of resources.filter(({ ParentId }) => ParentId === parent)) {
        const child = addChild(node, id, PathPart);
        nodes.set(id, child);
        add(id, child);
      }
    };
    add(rootResourceId, this.#root);
    for (const { found, properties } of ofThisApi("AWS::ApiGateway::Method")) {
      this.#addMethod(nodes, found, MethodProperties.parse(properties));
    }
  }

  #addMethod(nodes: Map<string, Node>, found: Found, properties: z.infer<typeof MethodProperties>): void {
    const { HttpMethod, ResourceId, AuthorizationType, AuthorizerId, Integration } = properties;
    const node = nodes.get(ResourceId);
    const functionArn = /functions\/(.+)\/invocations$/.exec(Integration?.Uri ?? "")?.[1];
    const wishes = [
      ...(Integration?.Type === "AWS_PROXY" && functionArn
        ? []
        : [`integration ${Integration?.Type ?? "(none)"}`]),
      ...(["NONE", "COGNITO_USER_POOLS"].includes(AuthorizationType)
        ? []
        : [`authorization ${AuthorizationType}`]),
      ...(properties.AuthorizationScopes ? ["authorization scopes"] : []),
      ...(properties.ApiKeyRequired ? ["an API key"] : []),
      ...(properties.RequestValidatorId ? ["a request validator"] : []),
    ];
    if (!node || !functionArn || wishes.length > 0) {
      this.remarks.push(`${found.key}: no stand-in for ${wishes.join(", ")}; this method is left out`);
      return;
    }
    node.methods.set(HttpMethod, {
      httpMethod: HttpMethod,
      resourceId: ResourceId,
      resourcePath: node.resourcePath,
      authorizerId: AuthorizationType === "NONE" ? null : (AuthorizerId ?? null),
      functionArn,
      timeoutMilliseconds: Math.min(Integration?.TimeoutInMillis ?? longestTimeout, longestTimeout),
    });
  }

  /**
   * The method behind a request, or null. Literal parts go before parameters, these before greedy ones; a slash
   * at the end makes no difference. Values of parameters stay percent-encoded, as API Gateway passes them on.
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
