import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";

type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** HEAD is answered like GET, without the body (RFC 9110, 9.3.2; DESIGN §4). */
export function answeringHead(handler: Handler): Handler {
  return async (event, context) => {
    if (event.httpMethod !== "HEAD") return handler(event, context);
    const answer = await handler({ ...event, httpMethod: "GET" }, context);
    return { ...answer, body: "", isBase64Encoded: false };
  };
}
