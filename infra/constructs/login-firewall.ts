import type { UserPool } from "aws-cdk-lib/aws-cognito";
import { CfnWebACL, CfnWebACLAssociation } from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";
import { firewallMetric, rateRule, visibility } from "./firewall.ts";

export interface LoginFirewallProps {
  readonly stage: string;
  readonly pool: UserPool;
}

/** Requests for the sign-in page from one address in five minutes; one sign-in takes two of them. */
const requestsPerSource = 600;

/**
 * The firewall of Cognito's own page, where no function of ours counts attempts: Cognito limits attempts on one
 * account, and this those from one address. It counts requests for the page only, because Portero's servers fetch all
 * tokens from one address; our functions call Cognito without passing it.
 */
export class LoginFirewall extends Construct {
  constructor(scope: Construct, id: string, { stage, pool }: LoginFirewallProps) {
    super(scope, id);
    const acl = new CfnWebACL(this, "Acl", {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: visibility(firewallMetric(stage, "login")),
      rules: [rateRule(0, "LoginRequestsPerSource", requestsPerSource, { of: toTheSignInPage() })],
    });
    new CfnWebACLAssociation(this, "Association", { resourceArn: pool.userPoolArn, webAclArn: acl.attrArn });
  }
}

function toTheSignInPage(): CfnWebACL.StatementProperty {
  return {
    byteMatchStatement: {
      fieldToMatch: { uriPath: {} },
      positionalConstraint: "STARTS_WITH",
      searchString: "/login",
      textTransformations: [
        { priority: 0, type: "URL_DECODE" },
        { priority: 1, type: "NORMALIZE_PATH" },
      ],
    },
  };
}
