import { CfnWebACL, CfnWebACLAssociation } from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";

export interface FirewallProps {
  /** ARN of the stage that it stands before. */
  readonly stageArn: string;
}

/** Requests from one address in five minutes; an organisation's people may all come from one. */
const requestsPerSource = 3000;

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
  constructor(scope: Construct, id: string, { stageArn }: FirewallProps) {
    super(scope, id);
    const acl = new CfnWebACL(this, "Acl", {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: visibility("Requests"),
      rules: [
        {
          name: "RequestsPerSource",
          priority: 0,
          action: { block: {} },
          statement: { rateBasedStatement: { limit: requestsPerSource, aggregateKeyType: "IP" } },
          visibilityConfig: visibility("RequestsPerSource"),
        },
        managedRules(1, "AWSManagedRulesCommonRuleSet", onlyCounted),
        managedRules(2, "AWSManagedRulesKnownBadInputsRuleSet"),
      ],
    });
    new CfnWebACLAssociation(this, "Association", { resourceArn: stageArn, webAclArn: acl.attrArn });
  }
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

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
