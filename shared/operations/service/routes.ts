import * as z from "zod/mini";
import { defineRoutes } from "../kit/route.ts";

export const routes = defineRoutes({
  getHealth: {
    method: "GET",
    path: "/v1/health",
    who: "anyone",
    summary: "Whether the service answers, and in which version and commit",
    tag: "Service",
    success: {
      status: 200,
      schema: z.object({ status: z.literal("ok"), version: z.string(), commit: z.string() }),
      description: "It answers",
    },
    problems: [],
  },
  getOpenapi: {
    method: "GET",
    path: "/v1/openapi.json",
    who: "anyone",
    summary: "This document",
    tag: "Service",
    success: {
      status: 200,
      schema: z.looseObject({ openapi: z.string() }),
      description: "The OpenAPI document",
    },
    problems: [],
  },
});
