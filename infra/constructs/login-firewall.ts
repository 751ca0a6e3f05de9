import type { UserPool } from "aws-cdk-lib/aws-cognito";
import { CfnWebACL, CfnWebACLAssociation } from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";
import { rateRule, visibility } from "./firewall.ts";

export interface LoginFirewallProps {
  readonly pool: UserPool;
}

/** Requests for the sign-in page from one address in five minutes: looking at it, and sending it, is two. */
const requestsPerSource = 600;

/**
 * A firewall before Cognito's own page, where no function of ours counts attempts: Cognito slows down attempts on
 * one account, and this those from one address. It looks at the page alone: Portero's servers fetch all of its
 * tokens from one address, and our functions call Cognito past all this.
 */
export class LoginFirewall extends Construct {
  constructor(scope: Construct, id: string, { pool }: LoginFirewallProps) {
    super(scope, id);
    const acl = new CfnWebACL(this, "Acl", {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: visibility("LoginRequests"),
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
