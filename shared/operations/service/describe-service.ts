import * as z from "zod/mini";
import type { Operation } from "../kit/operation.ts";
import type { routes } from "./routes.ts";

export function getHealth(release: {
  readonly version: string;
  readonly commit: string;
}): Operation<typeof routes.getHealth> {
  return () => Promise.resolve({ body: { status: "ok", ...release } });
}

const documentSchema = z.looseObject({ openapi: z.string() });

/** @param text the OpenAPI document as JSON */
export function getOpenapi(text: string): Operation<typeof routes.getOpenapi> {
  const document = z.parse(documentSchema, JSON.parse(text));
  return () => Promise.resolve({ body: document });
}
