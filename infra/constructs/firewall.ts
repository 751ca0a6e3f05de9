import { CfnWebACL, CfnWebACLAssociation } from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";
import { endpoints } from "../functions.ts";
import { gatewayProblem, retryAfterSeconds } from "./gateway-problems.ts";
import type { Contacts } from "../../shared/runtime/environment.ts";
import { stageName } from "./http-api.ts";

export interface FirewallProps {
  /** ARN of the stage that it protects. */
  readonly stageArn: string;
  /** The contacts that the answer to a blocked request names. */
  readonly contacts: Contacts;
}

/** Requests from one address in five minutes; a whole organisation may share one address. */
const requestsPerSource = 3000;

/**
 * Attempts to sign in, to request a link or to use one, from one address in five minutes: enough for a large
 * organisation whose users start at the same hour behind one address. The functions have limits for each login name
 * and for links.
 */
const attemptsPerSource = 300;

/** Endpoints at which anyone can try a password, a link or a login name: forms and calls that need no token. */
const attempts = [...endpoints.sessions, ...endpoints.passwords, ...endpoints.web]
  .filter(({ method, open }) => open && method === "POST")
  .map(({ path }) => path);

/**
 * Rules of AWS's common set that only count. They would block valid requests: bodies over 8 KB, passwords and remarks
 * with any character, and programs without a `User-Agent`. The functions validate every body.
 */
const onlyCounted = [
  "SizeRestrictions_BODY",
  "CrossSiteScripting_BODY",
  "GenericLFI_BODY",
  "GenericRFI_BODY",
  "EC2MetaDataSSRF_BODY",
  "NoUserAgent_HEADER",
];

/** The API's firewall. It keeps no samples of requests, since their paths contain the secrets of password links. */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, { stageArn, contacts }: FirewallProps) {
    super(scope, id);
    // The gateway's own answer would be 403, which does not tell the caller to wait.
    const tooMany = "too-many-attempts";
    const answer = {
      responseCode: 429,
      customResponseBodyKey: tooMany,
      responseHeaders: [{ name: "Retry-After", value: String(retryAfterSeconds[tooMany]) }],
    };
    const acl = new CfnWebACL(this, "Acl", {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: visibility("Requests"),
      customResponseBodies: {
        [tooMany]: { contentType: "APPLICATION_JSON", content: gatewayProblem(tooMany, contacts) },
      },
      rules: [
        rateRule(0, "AttemptsPerSource", attemptsPerSource, { of: toAnAttempt(), answer }),
        rateRule(1, "RequestsPerSource", requestsPerSource, { answer }),
        managedRules(2, "AWSManagedRulesCommonRuleSet", onlyCounted),
        managedRules(3, "AWSManagedRulesKnownBadInputsRuleSet"),
      ],
    });
    new CfnWebACLAssociation(this, "Association", { resourceArn: stageArn, webAclArn: acl.attrArn });
  }
}

/** Matches the path of an attempt, which begins with the stage's name at AWS's address but not at a custom domain. */
function toAnAttempt(): CfnWebACL.StatementProperty {
  const patterns = attempts.map((path) => path.replace(/^\/$/, "").replaceAll(/\{\w+\}/g, "[^/]+"));
  const path = `^(?:/${stageName})?(?:${patterns.join("|")})/?$`;
  return {
    andStatement: {
      statements: [
        {
          byteMatchStatement: {
            fieldToMatch: { method: {} },
            positionalConstraint: "EXACTLY",
            searchString: "POST",
            textTransformations: [{ priority: 0, type: "NONE" }],
          },
        },
        {
          regexMatchStatement: {
            fieldToMatch: { uriPath: {} },
            regexString: path,
            // The gateway accepts several spellings of a path, such as percent-encoded ones.
            textTransformations: [
              { priority: 0, type: "URL_DECODE" },
              { priority: 1, type: "NORMALIZE_PATH" },
            ],
          },
        },
      ],
    },
  };
}

/**
 * Blocks an address while it sends more than this in five minutes.
 * @param of the requests that count; absent: all
 * @param answer the answer to a blocked request; absent: that of the protected service
 */
export function rateRule(
  priority: number,
  name: string,
  limit: number,
  { of, answer }: { of?: CfnWebACL.StatementProperty; answer?: CfnWebACL.CustomResponseProperty },
): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    action: { block: answer ? { customResponse: answer } : {} },
    statement: {
      rateBasedStatement: { limit, aggregateKeyType: "IP", ...(of && { scopeDownStatement: of }) },
    },
    visibilityConfig: visibility(name),
  };
}

function managedRules(
  priority: number,
  name: string,
  counted: readonly string[] = [],
): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name,
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
    visibilityConfig: visibility(name),
  };
}

/** Counts the requests that a rule matches, and keeps no samples of them. */
export function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
