import { RemovalPolicy } from "aws-cdk-lib";
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
  type TableProps,
} from "aws-cdk-lib/aws-dynamodb";
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import {
  changedIndex,
  dueIndex,
  expiryAttribute,
  partitionKey,
  sortKey,
} from "../../shared/dynamodb/keys.ts";

export interface TablesProps {
  readonly removalPolicy: RemovalPolicy;
}

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** Actions that change or delete written items; on the audit trail they are denied to everyone. */
const rewriting = [
  "dynamodb:UpdateItem",
  "dynamodb:DeleteItem",
  "dynamodb:BatchWriteItem",
  "dynamodb:PartiQLUpdate",
  "dynamodb:PartiQLDelete",
];

/** The table of the domain and the table of the audit trail. */
export class Tables extends Construct {
  readonly main: Table;
  readonly audit: Table;

  constructor(scope: Construct, id: string, { removalPolicy }: TablesProps) {
    super(scope, id);
    const common: TableProps = {
      partitionKey: text(partitionKey),
      sortKey: text(sortKey),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // AWS's key for DynamoDB is logged, rotated and free, and nobody can delete it, which would make all data
      // unreadable.
      encryption: TableEncryption.AWS_MANAGED,
      deletionProtection: removalPolicy === RemovalPolicy.RETAIN,
      removalPolicy,
    };
    this.main = new Table(this, "Portero", {
      ...common,
      stream: StreamViewType.NEW_IMAGE,
      timeToLiveAttribute: expiryAttribute,
    });
    this.main.addGlobalSecondaryIndex({
      indexName: dueIndex.name,
      partitionKey: text(dueIndex.partitionKey),
      sortKey: text(dueIndex.sortKey),
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.main.addLocalSecondaryIndex({
      indexName: changedIndex.name,
      sortKey: { name: changedIndex.sortKey, type: AttributeType.NUMBER },
    });
    this.audit = new Table(this, "PorteroAudit", { ...common, resourcePolicy: appendOnly() });
  }
}

/** Denies rewriting the trail to every principal, whatever its role allows. */
function appendOnly(): PolicyDocument {
  const deny = new PolicyStatement({
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: rewriting,
    resources: ["*"],
  });
  return new PolicyDocument({ statements: [deny] });
}
