import * as z from "zod/mini";
import { userSelections, userSorts } from "../../domain/user-search.ts";
import { administratorsAndOperator, defineRoutes } from "../kit/route.ts";
import { numberInQuery, organisationId, pageOf, pageQuery } from "../kit/schemas.ts";
import { deletion, linkOrdered, upcoming, user, userChange, userCreation } from "./schemas.ts";
import { line, loginNameText } from "../kit/text-schemas.ts";

const tag = "Users";
const organisation = z.strictObject({ id: organisationId });
const oneUser = z.strictObject({ id: organisationId, username: loginNameText });

export const routes = defineRoutes({
  listUsers: {
    method: "GET",
    path: "/v1/organisations/{id}/users",
    who: administratorsAndOperator,
    summary: "The users of an organisation, searched and sorted, page by page or as a file",
    tag,
    params: organisation,
    query: z.strictObject({
      search: z.optional(line(100)),
      status: z._default(z.enum(userSelections), "current"),
      sort: z._default(z.enum(userSorts), "username"),
      ...pageQuery,
    }),
    success: { status: 200, schema: pageOf(user), description: "A page of users", alsoCsv: true },
    problems: ["export-too-large"],
  },
  createUser: {
    method: "POST",
    path: "/v1/organisations/{id}/users",
    who: ["own-administrators", "contract-managers"],
    summary: "Add a user, who gets the welcome mail",
    tag,
    params: organisation,
    body: userCreation,
    idempotent: true,
    success: { status: 201, schema: user, description: "The new user", headers: ["Location", "ETag"] },
    problems: ["no-new-users", "email-in-use", "email-outside-domain", "email-not-personal", "still-usable"],
  },
  getUser: {
    method: "GET",
    path: "/v1/organisations/{id}/users/{username}",
    who: administratorsAndOperator,
    summary: "A user",
    tag,
    params: oneUser,
    success: { status: 200, schema: user, description: "The user", headers: ["ETag"] },
    problems: [],
  },
  editUser: {
    method: "PATCH",
    path: "/v1/organisations/{id}/users/{username}",
    who: ["own-administrators", "contract-managers"],
    manages: "edit",
    summary: "Change a user's details; both addresses are told when the e-mail address changes",
    tag,
    params: oneUser,
    body: userChange,
    precondition: true,
    repeatedByForms: true,
    success: { status: 200, schema: user, description: "The user as they are now", headers: ["ETag"] },
    problems: ["email-in-use", "email-outside-domain", "email-not-personal", "account-not-usable"],
  },
  deleteUser: {
    method: "POST",
    path: "/v1/organisations/{id}/users/{username}/deletion",
    who: ["own-administrators", "contract-managers"],
    manages: "delete",
    summary: "Delete a user, for good; sessions end at once",
    tag,
    params: oneUser,
    body: deletion,
    repeatedByForms: true,
    success: {
      status: 200,
      schema: user,
      description: "The deleted user, with the reason as remark",
      headers: ["ETag"],
    },
    problems: ["already-deleted", "own-account", "last-administrator"],
  },
  orderPasswordLink: {
    method: "POST",
    path: "/v1/organisations/{id}/users/{username}/password-link",
    who: administratorsAndOperator,
    manages: "send-link",
    summary: "Send a user a link to set a password; links from before no longer work",
    tag,
    params: oneUser,
    repeatedByForms: true,
    success: { status: 202, schema: linkOrdered, description: "The link will be sent" },
    problems: ["account-not-usable", "mail-not-deliverable"],
  },
  listUpcoming: {
    method: "GET",
    path: "/v1/organisations/{id}/upcoming",
    who: administratorsAndOperator,
    summary: "Whose password or account ends in the coming days, the soonest first",
    tag,
    params: organisation,
    query: z.strictObject({
      days: numberInQuery(1, 366, 30),
    }),
    success: { status: 200, schema: upcoming, description: "What ends, and on which day in the Netherlands" },
    problems: [],
  },
});
