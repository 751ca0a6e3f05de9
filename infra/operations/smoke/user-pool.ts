import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  paginateListUserPoolClients,
} from "@aws-sdk/client-cognito-identity-provider";
import * as z from "zod/mini";
import { outputOf, settingsFor } from "../installation.ts";
import { faultsOr, type Check, type Outcome } from "./check.ts";
import { ofType, type Place } from "./place.ts";

/* The check of the user pool; it describes, and never changes. */

const PoolProperties = z.looseObject({ DeletionProtection: z.optional(z.string()) });
const ClientProperties = z.looseObject({
  ExplicitAuthFlows: z._default(z.array(z.string()), []),
  AllowedOAuthFlows: z._default(z.array(z.string()), []),
  AllowedOAuthScopes: z._default(z.array(z.string()), []),
});

async function userPool(place: Place): Promise<Outcome[]> {
  const client = new CognitoIdentityProviderClient(settingsFor(place.installation, "cognito"));
  const UserPoolId = outputOf(place.installation, "UserPoolId");
  const { UserPool: pool = {} } = await client.send(new DescribeUserPoolCommand({ UserPoolId }));
  const [wanted] = ofType(place, "AWS::Cognito::UserPool");
  const protection = z.parse(PoolProperties, wanted?.properties ?? {}).DeletionProtection;
  const trigger = pool.LambdaConfig?.PreTokenGenerationConfig;
  const faults = [
    ...(pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly === true ? [] : ["anyone can sign up"]),
    ...(trigger?.LambdaVersion === "V2_0" && /-portero-identity-token$/.test(trigger.LambdaArn ?? "")
      ? []
      : ["the admission check is not its trigger before tokens, version 2"]),
    ...(place.directory !== null || (pool.DeletionProtection ?? "INACTIVE") === (protection ?? "INACTIVE")
      ? []
      : [`deletion protection is ${pool.DeletionProtection ?? "INACTIVE"}`]),
  ];
  return [
    ...faultsOr(
      "closed, with the admission check before all tokens",
      faults,
      "deploy again; until then tokens may be issued to anyone: disable the pool's clients",
    ),
    ...(await clientOutcomes(place, client)),
  ];
}

async function clientOutcomes(place: Place, client: CognitoIdentityProviderClient): Promise<Outcome[]> {
  const UserPoolId = outputOf(place.installation, "UserPoolId");
  const wanted = new Map(
    ofType(place, "AWS::Cognito::UserPoolClient").map(
      ({ physicalId, properties }) => [physicalId, z.parse(ClientProperties, properties)] as const,
    ),
  );
  const faults: string[] = [];
  const found = new Set<string>();
  for await (const { UserPoolClients = [] } of paginateListUserPoolClients({ client }, { UserPoolId })) {
    for (const { ClientId = "", ClientName = "" } of UserPoolClients) {
      found.add(ClientId);
      const expected = wanted.get(ClientId);
      if (!expected) {
        faults.push(`the app client ${ClientName} (${ClientId}) is not ours`);
        continue;
      }
      const described = await client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
      const seen = z.parse(ClientProperties, described.UserPoolClient ?? {});
      faults.push(
        ...(["ExplicitAuthFlows", "AllowedOAuthFlows", "AllowedOAuthScopes"] as const)
          .filter((name) => !sameTexts(seen[name], expected[name]))
          .map((name) => `the app client ${ClientName} has ${name} ${seen[name].join(", ") || "none"}`),
      );
    }
  }
  for (const id of wanted.keys()) if (!found.has(id)) faults.push(`the app client ${id} does not exist`);
  return faultsOr(
    `${found.size} app clients, with their own flows alone`,
    faults,
    "remove it, or deploy again",
  );
}

const sameTexts = (one: readonly string[], other: readonly string[]) =>
  JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());

export const userPoolChecks: readonly Check[] = [{ name: "user-pool", run: userPool }];
