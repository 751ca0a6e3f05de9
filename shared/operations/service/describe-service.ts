import * as z from "zod/mini";
import type { Operation } from "../kit/route.ts";
import type { routes } from "./routes.ts";

export function getHealth(version: string): Operation<typeof routes.getHealth> {
  return () => Promise.resolve({ body: { status: "ok", version } });
}

const documentSchema = z.looseObject({ openapi: z.string() });

/** @param read gives the text of the OpenAPI document; it is read once per container */
export function getOpenapi(read: () => Promise<string>): Operation<typeof routes.getOpenapi> {
  let document: Promise<z.infer<typeof documentSchema>> | undefined;
  return async () => {
    document ??= read().then((text) => z.parse(documentSchema, JSON.parse(text)));
    return { body: await document };
  };
}
