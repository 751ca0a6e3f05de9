import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import { Construct } from "constructs";
import type { Monitoring } from "./monitoring.ts";

export interface BudgetProps {
  /** US dollars, in which AWS bills. */
  readonly dollarsPerMonth: number;
  readonly monitoring: Monitoring;
}

/**
 * Mails when the account has spent its month's budget, or is about to. AWS cannot tell the stages of one account apart,
 * so it counts all of them. It has no name of its own, since CloudFormation replaces a budget whose notifications change.
 */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, { dollarsPerMonth, monitoring }: BudgetProps) {
    super(scope, id);
    const notification = (notificationType: "ACTUAL" | "FORECASTED") => ({
      notification: {
        notificationType,
        comparisonOperator: "GREATER_THAN",
        threshold: 100,
        thresholdType: "PERCENTAGE",
      },
      subscribers: [{ subscriptionType: "SNS", address: monitoring.topic.topicArn }],
    });
    const budget = new CfnBudget(this, "Month", {
      budget: {
        budgetType: "COST",
        timeUnit: "MONTHLY",
        budgetLimit: { amount: dollarsPerMonth, unit: "USD" },
      },
      notificationsWithSubscribers: [notification("ACTUAL"), notification("FORECASTED")],
    });
    const policy = monitoring.topic.node.tryFindChild("Policy");
    if (policy) budget.node.addDependency(policy);
  }
}
