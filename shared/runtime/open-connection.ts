import { getEndpointFromInstructions } from "@smithy/core/endpoints";
import { HttpRequest } from "@smithy/core/transport";

type Instructions = Parameters<typeof getEndpointFromInstructions>[1];

/** The parts of an SDK client that are needed here. */
interface Client {
  readonly config: object & {
    readonly requestHandler: {
      handle(request: HttpRequest): Promise<{ response: { body?: { resume?(): unknown } } }>;
    };
  };
}

/**
 * Opens a client's connection while its container still starts, so that the first request does not wait for it. Services
 * answer a GET of `/` without looking at rights; what they answer makes no difference.
 * @param command any command of the client's service, from which the SDK takes the service's address
 */
export function openConnection({ config }: Client, command: Instructions): void {
  const open = async () => {
    const { url } = await getEndpointFromInstructions({}, command, config);
    const { protocol, hostname, port, pathname } = url;
    const address = { protocol, hostname, ...(port !== "" && { port: Number(port) }) };
    const request = new HttpRequest({
      ...address,
      method: "GET",
      path: pathname,
      headers: { host: url.host },
    });
    const { response } = await config.requestHandler.handle(request);
    response.body?.resume?.();
  };
  // The first call of the service tells what is wrong.
  open().catch(() => undefined);
}
