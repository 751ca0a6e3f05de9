import { join } from "node:path";
import { Duration, Stack, Validations, type RemovalPolicy } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement, Role, ServicePrincipal, type Conditions } from "aws-cdk-lib/aws-iam";
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { cursorSecretKey, everyRefusedActsKey, passwordHistoryKey } from "../../shared/dynamodb/keys.ts";
import type { EnvironmentVariable } from "../../shared/runtime/environment.ts";
import { functionVariables, type FunctionName } from "../../shared/runtime/function-variables.ts";
import { buildFolder } from "../build/build-functions.ts";
import type { FunctionNeeds, TableAction, UserPoolAction } from "../functions.ts";
import type { ClosedUserPool } from "./closed-user-pool.ts";
import type { DeadLetters } from "./dead-letters.ts";
import type { Tables } from "./tables.ts";

/** The resources that functions use; a function gets rights only to those that its needs name. */
export interface Surroundings {
  readonly tables: Tables;
  /** Absent for the admission check, without which the user pool cannot be created. */
  readonly userPool?: ClosedUserPool;
  /** The values of environment variables that do not come from the tables or the user pool. */
  readonly variables: Readonly<Partial<Record<EnvironmentVariable, string>>>;
}

export interface BundledFunctionProps {
  /** The function's folder, in functions/ and in build/. */
  readonly name: FunctionName;
  readonly needs: FunctionNeeds;
  readonly surroundings: Surroundings;
  readonly stage: string;
  readonly logRetention: RetentionDays;
  /** Keeps or deletes the logs when the stack is deleted. */
  readonly removalPolicy: RemovalPolicy;
  /** Containers that are its own, and its ceiling; left out: it shares those of the account. */
  readonly reservedConcurrency?: number | undefined;
}

/** Limits for work that a function does asynchronously: its age, and the number of retries. */
export interface Patience {
  readonly maxEventAge: Duration;
  readonly retryAttempts: number;
}

/** The partition keys of all items with former passwords. */
const formerPasswords = [passwordHistoryKey({ organisationId: "*", username: "*" }).PK];

/** The name of a function in AWS: the stage, `portero` and the function's folder, as in `production-portero-send-mail`. */
export function functionNameOf(scope: Construct, name: FunctionName): string {
  return `${Stack.of(scope).stackName.replace(/-(?:app|data)$/, "")}-${name}`;
}

/**
 * The base of every function: a role of its own with only the actions it needs, a log group, tracing, and the bundle of
 * its folder.
 */
export abstract class BundledFunction extends Construct {
  readonly function: LambdaFunction;

  protected constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id);
    const { stage, name, needs, reservedConcurrency } = props;
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: `Of the function ${name}`,
    });
    this.function = new LambdaFunction(this, "Function", {
      functionName: functionNameOf(this, name),
      description: needs.description,
      code: Code.fromAsset(join(buildFolder, name)),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: needs.memoryMegabytes,
      timeout: Duration.seconds(needs.timeoutSeconds),
      ...(reservedConcurrency !== undefined && { reservedConcurrentExecutions: reservedConcurrency }),
      tracing: Tracing.ACTIVE,
      role,
      logGroup: this.#logGroup(role, props),
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      // Reports of duration, cold start and memory are at this level ("Log-level filtering" in Lambda's guide).
      systemLogLevelV2: SystemLogLevel.INFO,
      environment: { POWERTOOLS_SERVICE_NAME: name, STAGE: stage },
    });
    this.#grant(needs, props.surroundings);
    this.#setVariables(name, props.surroundings);
    Validations.of(role).acknowledge({
      id: "AwsSolutions-IAM5[Resource::*]",
      reason: "X-Ray knows no resources: the right to send traces can only be given for all of them.",
    });
  }

  /** Grants exactly these actions on these resources, under these conditions. */
  allow(actions: readonly string[], resources: readonly string[], conditions: Conditions = {}): void {
    this.function.addToRolePolicy(
      new PolicyStatement({ actions: [...actions], resources: [...resources], conditions }),
    );
  }

  /**
   * For a function that is called asynchronously: sets its retries, and keeps the event in the dead letters when all of
   * them failed.
   */
  protected keepFailures({ queue }: DeadLetters, patience: Patience): void {
    this.allow(["sqs:SendMessage"], [queue.queueArn]);
    this.function.configureAsyncInvoke({
      ...patience,
      onFailure: { bind: () => ({ destination: queue.queueArn }) },
    });
    // Lambda refuses a destination that the function is not allowed to send to yet, so the policy comes first.
    this.function.node.findChild("EventInvokeConfig").node.addDependency(this.function.role ?? this.function);
    Validations.of(this.function).acknowledge({
      id: "Serverless-LambdaDLQ",
      reason: "What the function failed on goes to its failure destination, which says more of it.",
    });
  }

  /**
   * Grants single actions on the table.
   * @param except partition keys, with `*` as wildcard, of items that the grant leaves out
   */
  useTable(table: Table, actions: readonly TableAction[], except: readonly string[] = []): void {
    this.allow(
      actions.map((action) => `dynamodb:${action}`),
      [table.tableArn],
      except.length > 0 ? { "ForAllValues:StringNotLike": { "dynamodb:LeadingKeys": except } } : {},
    );
  }

  #erasePasswordHistory({ tableArn }: Table): void {
    this.allow(["dynamodb:DeleteItem"], [tableArn], {
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": formerPasswords },
    });
  }

  #queryIndexes({ tableArn }: Table, names: readonly string[]): void {
    this.allow(
      ["dynamodb:Query"],
      names.map((name) => `${tableArn}/index/${name}`),
    );
  }

  #makeCursorSecret({ tableArn }: Table): void {
    this.allow(["dynamodb:PutItem"], [tableArn], {
      "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": [cursorSecretKey.PK] },
    });
  }

  #countRefusedActs({ tableArn }: Table): void {
    this.allow(["dynamodb:UpdateItem"], [tableArn], {
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [everyRefusedActsKey] },
    });
  }

  #grant(needs: FunctionNeeds, { tables, userPool }: Surroundings): void {
    if (needs.table) this.useTable(tables.main, needs.table, needs.passwordHistory ? [] : formerPasswords);
    if (needs.erasesPasswordHistory) this.#erasePasswordHistory(tables.main);
    if (needs.indexes) this.#queryIndexes(tables.main, needs.indexes);
    if (needs.cursorSecret) this.#makeCursorSecret(tables.main);
    if (needs.countsRefusedActs) this.#countRefusedActs(tables.main);
    if (needs.writesAudit) this.allow(["dynamodb:PutItem"], [tables.audit.tableArn]);
    if (needs.readsAudit) this.allow(["dynamodb:Query"], [tables.audit.tableArn]);
    if (needs.userPool) this.#useUserPool(required(userPool, "the user pool"), needs.userPool);
  }

  #useUserPool({ pool }: ClosedUserPool, actions: readonly UserPoolAction[]): void {
    this.allow(
      actions.map((action) => `cognito-idp:${action}`),
      [pool.userPoolArn],
    );
  }

  /** Sets a variable without granting any right to what it names. */
  #setVariables(name: FunctionName, surroundings: Surroundings): void {
    const values = valuesOf(surroundings);
    for (const variable of functionVariables[name]) {
      this.function.addEnvironment(variable, required(values[variable], variable));
    }
  }

  /** Grants only the function's own log group, because Lambda's managed policy grants all of them. */
  #logGroup(role: Role, { logRetention, removalPolicy }: BundledFunctionProps): LogGroup {
    const logGroup = new LogGroup(this, "Logs", { retention: logRetention, removalPolicy });
    role.addToPolicy(
      new PolicyStatement({
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [logGroup.logGroupArn],
      }),
    );
    return logGroup;
  }
}

function valuesOf({
  tables,
  userPool,
  variables,
}: Surroundings): Readonly<Partial<Record<EnvironmentVariable, string>>> {
  return {
    ...variables,
    TABLE_NAME: tables.main.tableName,
    AUDIT_TABLE_NAME: tables.audit.tableName,
    ...(userPool && {
      USER_POOL_ID: userPool.pool.userPoolId,
      USER_POOL_CLIENT_ID: userPool.client.userPoolClientId,
      // A reference that CloudFormation resolves: the template does not have the secret.
      USER_POOL_CLIENT_SECRET: userPool.clientSecret.unsafeUnwrap(),
      TOKEN_ISSUER: userPool.tokenIssuer,
      TOKEN_JWKS_URI: userPool.tokenKeysAddress,
    }),
  };
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined)
    throw new Error(`A function needs ${what}, which is not there yet where it is made`);
  return value;
}
