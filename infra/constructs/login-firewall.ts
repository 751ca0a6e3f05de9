import type { UserPool } from "aws-cdk-lib/aws-cognito";
import { CfnWebACL, CfnWebACLAssociation } from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";
import { rateRule, visibility } from "./firewall.ts";

export interface LoginFirewallProps {
  readonly pool: UserPool;
}

/** Requests for the sign-in page from one address in five minutes; one sign-in takes two. */
const requestsPerSource = 600;

/**
 * The firewall of Cognito's own page, at which our functions count no attempts. Cognito limits attempts on one account;
 * this limits those from one address. It counts only the page: Portero's servers fetch all tokens from one address, and
 * our functions do not pass the firewall.
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
