import * as z from "zod/mini";
import { administratorsAndOperator, defineRoutes } from "../../shared/http/route.ts";
import { newUser, organisationId, pageOf, pageQuery, user } from "../../shared/http/schemas.ts";
import { loginNameText } from "../../shared/http/text-schemas.ts";

const tag = "Users";

export const routes = defineRoutes({
  listUsers: {
    method: "GET",
    path: "/v1/organisations/{id}/users",
    who: administratorsAndOperator,
    summary: "The users of an organisation",
    tag,
    params: z.strictObject({ id: organisationId }),
    query: z.strictObject(pageQuery),
    success: { status: 200, schema: pageOf(user), description: "A page of users" },
    problems: [],
  },
  createUser: {
    method: "POST",
    path: "/v1/organisations/{id}/users",
    who: ["own-administrators", "contract-managers"],
    summary: "Add a user, who gets the welcome mail",
    tag,
    params: z.strictObject({ id: organisationId }),
    body: newUser,
    success: { status: 201, schema: user, description: "The new user", headers: ["Location", "ETag"] },
    problems: ["email-in-use", "email-outside-domain"],
  },
  getUser: {
    method: "GET",
    path: "/v1/organisations/{id}/users/{username}",
    who: administratorsAndOperator,
    summary: "A user",
    tag,
    params: z.strictObject({ id: organisationId, username: loginNameText }),
    success: { status: 200, schema: user, description: "The user", headers: ["ETag"] },
    problems: [],
  },
});
