import type { ApiDocument } from "./api-document.ts";

type PathItem = ApiDocument["paths"][string];
type Operation = NonNullable<PathItem["get"]>;

export interface Method {
  httpMethod: string;
  /** The template's path, with parameters: `/v1/organisations/{id}`. */
  resourcePath: string;
  /** The name of the security scheme, or null where anyone may call. */
  authorizer: string | null;
  functionArn: string;
}

export interface Match {
  method: Method;
  pathParameters: Record<string, string> | null;
}

interface Node {
  resourcePath: string;
  literals: Map<string, Node>;
  /** `{name}`, or `{name+}`, which is greedy: it takes the rest of the path. */
  variable: { name: string; greedy: boolean; node: Node } | null;
  methods: Map<string, Method>;
}

const methodsOfAny = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]);

/** The routes of a REST API. */
export class RestRoutes {
  readonly #root: Node = newNode("/");

  constructor(paths: ApiDocument["paths"]) {
    for (const [path, item] of Object.entries(paths)) {
      const parts = path.split("/").filter((part) => part !== "");
      const node = parts.reduce(child, this.#root);
      for (const [key, operation] of operationsOf(item)) {
        const httpMethod = key === "x-amazon-apigateway-any-method" ? "ANY" : key.toUpperCase();
        node.methods.set(httpMethod, methodOf(node, httpMethod, operation));
      }
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

function operationsOf(item: PathItem): [key: string, operation: Operation][] {
  return Object.entries(item).filter(
    (entry): entry is [string, Operation] => entry[0] !== "parameters" && entry[1] !== undefined,
  );
}

function methodOf({ resourcePath }: Node, httpMethod: string, operation: Operation): Method {
  const { uri } = operation["x-amazon-apigateway-integration"];
  const [scheme] = operation.security;
  return {
    httpMethod,
    resourcePath,
    authorizer: scheme ? (Object.keys(scheme)[0] ?? "") : null,
    functionArn: /functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? "",
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

function newNode(resourcePath: string): Node {
  return { resourcePath, literals: new Map(), variable: null, methods: new Map() };
}

/** The node of a part of a path below another; it is made if it is not there. */
function child(parent: Node, part: string): Node {
  const name = /^\{([^}+]+)(\+?)\}$/.exec(part);
  const known = name ? parent.variable?.node : parent.literals.get(part);
  if (known) return known;
  const node = newNode(`${parent.resourcePath === "/" ? "" : parent.resourcePath}/${part}`);
  if (name?.[1]) parent.variable = { name: name[1], greedy: name[2] === "+", node };
  else parent.literals.set(part, node);
  return node;
}
