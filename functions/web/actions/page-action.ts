import type { APIGatewayProxyResult } from "aws-lambda";
import type { PageRequest } from "../request.ts";
import type { Site } from "../site.ts";

/** What answers one page: it may throw any domain error, which then gets a page of its own. */
export type PageAction = (request: PageRequest, site: Site) => Promise<APIGatewayProxyResult>;
