import { CfnWebACL, CfnWebACLAssociation } from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";
import { endpoints } from "../functions.ts";
import { problemTemplate, retryAfterSeconds } from "./gateway-problems.ts";
import type { Contacts } from "../../shared/runtime/environment.ts";
import { stageName } from "./http-api.ts";

export interface FirewallProps {
  readonly stage: string;
  /** The ARN of the API's stage that it protects. */
  readonly stageArn: string;
  /** The contact that the answer to a blocked request names. */
  readonly contacts: Contacts;
}

/** The name of a firewall in CloudWatch, where an account's firewalls are told apart by it alone. */
export const firewallMetric = (stage: string, firewall: "api" | "login"): string =>
  `${stage}-portero-${firewall}`;

/** Requests from one address in five minutes; all users of an organisation may share an address. */
const requestsPerSource = 3000;

/**
 * Attempts to sign in, to request a link or to use one, from one address in five minutes: enough for a large
 * organisation whose users begin at the same hour behind one address. The functions limit attempts for each login
 * name, which the firewall cannot see.
 */
const attemptsPerSource = 300;

/** The paths on which anyone can guess a password, a token or a login name, since they need no identity token. */
const attempts = [...endpoints.sessions, ...endpoints.passwords, ...endpoints.web]
  .filter(({ method, open }) => open && method === "POST")
  .map(({ path }) => path);

/** WAF's fixed quota of characters in a pattern ("AWS WAF quotas" in its guide; its API's own limit is larger). */
const longestPattern = 200;

/**
 * Rules of the common set that only count, because they would block good requests: functions check bodies themselves,
 * bodies may be larger than 8 KB and hold any character in passwords and remarks, and API clients need not send a user
 * agent.
 */
const onlyCounted = [
  "SizeRestrictions_BODY",
  "CrossSiteScripting_BODY",
  "GenericLFI_BODY",
  "GenericRFI_BODY",
  "EC2MetaDataSSRF_BODY",
  "NoUserAgent_HEADER",
];

/** The firewall of the API. It keeps no samples of requests, because their paths hold the secrets of password links. */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, { stage, stageArn, contacts }: FirewallProps) {
    super(scope, id);
    // The gateway would answer 403, but a client that tries too often should learn that, and when to try again.
    const tooMany = "too-many-attempts";
    const answer = {
      responseCode: 429,
      customResponseBodyKey: tooMany,
      responseHeaders: [{ name: "Retry-After", value: String(retryAfterSeconds[tooMany]) }],
    };
    const acl = new CfnWebACL(this, "Acl", {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: visibility(firewallMetric(stage, "api")),
      customResponseBodies: {
        [tooMany]: { contentType: "APPLICATION_JSON", content: problemTemplate(tooMany, contacts) },
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

function toAnAttempt(): CfnWebACL.StatementProperty {
  const [first, ...others] = attemptPatterns(attempts).map(ofPath);
  if (!first) throw new Error("There are no attempts to limit");
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
        // WAF refuses an OR of one statement.
        others.length === 0 ? first : { orStatement: { statements: [first, ...others] } },
      ],
    },
  };
}

/**
 * Patterns that match paths with and without the stage's name, which only paths at the address that AWS gives begin
 * with. Each is within WAF's length, and none has an alternative that matches nothing.
 */
export function attemptPatterns(paths: readonly string[]): string[] {
  const inOne = (parts: readonly string[]) => `^(?:/${stageName})?/(?:${parts.join("|")})/?$`;
  const patterns: string[] = [];
  let group: string[] = [];
  for (const path of paths.filter((one) => one !== "/")) {
    const part = path.slice(1).replaceAll(/\{\w+\}/g, "[^/]+");
    if (group.length > 0 && inOne([...group, part]).length > longestPattern) {
      patterns.push(inOne(group));
      group = [];
    }
    group.push(part);
  }
  if (group.length > 0) patterns.push(inOne(group));
  return paths.includes("/") ? [`^/(?:${stageName}/?)?$`, ...patterns] : patterns;
}

const ofPath = (regexString: string): CfnWebACL.StatementProperty => ({
  regexMatchStatement: {
    fieldToMatch: { uriPath: {} },
    regexString,
    // Decoded and normalised, because the gateway accepts most ways to write a path.
    textTransformations: [
      { priority: 0, type: "URL_DECODE" },
      { priority: 1, type: "NORMALIZE_PATH" },
    ],
  },
});

/**
 * Blocks an address as long as it sends more requests than the limit in five minutes.
 * @param of the requests that count; absent: all
 * @param answer the answer to blocked requests; absent: that of the service behind the firewall
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

/** Measures how often a rule matches, and keeps no samples of requests. */
export function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
