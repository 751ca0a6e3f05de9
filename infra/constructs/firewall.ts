import { CfnWebACL, CfnWebACLAssociation } from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";
import { endpoints } from "../functions.ts";
import { gatewayProblem, retryAfterSeconds } from "./gateway-problems.ts";
import type { Contacts } from "../../shared/runtime/environment.ts";
import { stageName } from "./http-api.ts";

export interface FirewallProps {
  /** ARN of the stage that it stands before. */
  readonly stageArn: string;
  /** Whom the answer to those who are turned away names. */
  readonly contacts: Contacts;
}

/** Requests from one address in five minutes; an organisation's people may all come from one. */
const requestsPerSource = 3000;

/**
 * Attempts to sign in, to ask for a link or to use one, from one address in five minutes: enough for a large
 * organisation's people who begin at the same hour behind one address. Limits for each login name and for links
 * are kept by the functions, which know more than an address.
 */
const attemptsPerSource = 300;

/** What anyone can try a password, a token or a login name on: every form or call that asks for no token. */
const attempts = [...endpoints.sessions, ...endpoints.passwords, ...endpoints.web]
  .filter(({ method, open }) => open && method === "POST")
  .map(({ path }) => path);

/**
 * Rules of the common set that only count: bodies here are JSON and forms that functions check whole, may be
 * larger than 8 KB, and hold passwords and remarks in which any character is allowed; programs need not say
 * what they are.
 */
const onlyCounted = [
  "SizeRestrictions_BODY",
  "CrossSiteScripting_BODY",
  "GenericLFI_BODY",
  "GenericRFI_BODY",
  "EC2MetaDataSSRF_BODY",
  "NoUserAgent_HEADER",
];

/** A firewall before the API. It keeps no samples of requests: their paths hold the secrets of password links. */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, { stageArn, contacts }: FirewallProps) {
    super(scope, id);
    // By itself the gateway would answer 403; who tries too often is told so, and when to come back.
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

/** The path as the browser sent it: behind the stage's name at the address of AWS, without it at one's own. */
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
            // A path can be written in many ways, and the gateway understands most.
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
 * Turns an address away as long as it sends more than this in five minutes.
 * @param of which requests count; absent: all
 * @param answer what is answered; absent: what the service behind the firewall answers to what is blocked
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

/** Counts what a rule does, and keeps no samples of requests. */
export function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
