import { CfnOutput, Duration, RemovalPolicy, Stack, type App } from "aws-cdk-lib";
import { Schedule } from "aws-cdk-lib/aws-events";
import { mailPrefix } from "../../shared/dynamodb/keys.ts";
import type { Configuration } from "../config.ts";
import { Alarms } from "../constructs/alarms.ts";
import { ApiFunction } from "../constructs/api-function.ts";
import { Bootstrap } from "../constructs/bootstrap.ts";
import type { BundledFunctionProps, Surroundings } from "../constructs/bundled-function.ts";
import { Firewall } from "../constructs/firewall.ts";
import { gatewayProblems } from "../constructs/gateway-problems.ts";
import { HttpApi } from "../constructs/http-api.ts";
import { MailSender } from "../constructs/mail-sender.ts";
import { Overview } from "../constructs/overview.ts";
import { ScheduledFunction } from "../constructs/scheduled-function.ts";
import { StreamFunction } from "../constructs/stream-function.ts";
import { TopicFunction } from "../constructs/topic-function.ts";
import type { FunctionName } from "../../shared/runtime/function-variables.ts";
import { pageRoutes } from "../../shared/web/routes.ts";
import { apiRoutes, endpoints, functionNeeds } from "../functions.ts";
import type { Release } from "../release.ts";
import type { DataStack } from "./data-stack.ts";

export interface AppStackProps {
  readonly configuration: Configuration;
  readonly data: DataStack;
  readonly release: Release;
}

/** The resources that hold no data and can be recreated: the API, the functions, their triggers, and the mail. */
export class AppStack extends Stack {
  constructor(app: App, { configuration, data, release }: AppStackProps) {
    super(app, `${configuration.stage}-portero-app`, {
      description: "Portero user administration: the application",
      env: { region: configuration.region },
      terminationProtection: configuration.removalPolicy === RemovalPolicy.RETAIN,
    });
    const { stage, contacts } = configuration;
    const { version, commit } = release;
    const common = {
      stage,
      logRetention: configuration.logRetentionDays,
      removalPolicy: configuration.removalPolicy,
    };
    const api = new HttpApi(this, "Api", {
      userPool: data.userPool,
      domain: domainOf(configuration),
      endpoints,
      problems: gatewayProblems(version, contacts),
      ...common,
    });
    new Firewall(this, "Firewall", { stage, stageArn: api.restApi.deploymentStage.stageArn, contacts });
    const publicUrl = configuration.publicUrl ?? api.address;
    const mail = new MailSender(this, "MailSender", contacts);
    const surroundings = surroundingsOf(configuration, data, {
      PUBLIC_URL: publicUrl,
      VERSION: version,
      COMMIT: commit,
      MAIL_CONFIGURATION_SET: mail.configurationSetName,
      MAIL_FEEDBACK_TOPIC_ARN: mail.feedback.topicArn,
    });
    const reserved: Partial<Record<FunctionName, number | undefined>> =
      configuration.reservedConcurrency ?? {};
    const propsOf = (name: FunctionName): BundledFunctionProps => {
      const needs = functionNeeds[name];
      return { name, needs, surroundings, reservedConcurrency: reserved[name], ...common };
    };
    const callable = (names: readonly (keyof typeof endpoints)[]) =>
      names.map((name) => new ApiFunction(this, pascalCase(name), { ...propsOf(name), api }).function);
    const functions = {
      api: callable(Object.keys(apiRoutes) as (keyof typeof apiRoutes)[]),
      pages: callable(Object.keys(pageRoutes) as (keyof typeof pageRoutes)[]),
    };
    const sendMail = new StreamFunction(this, "SendMail", {
      ...propsOf("send-mail"),
      source: data.tables.main,
      prefix: mailPrefix,
    });
    mail.allowSending(sendMail);
    const feedback = new TopicFunction(this, "MailFeedback", {
      ...propsOf("mail-feedback"),
      topic: mail.feedback,
    });
    const imports = new ScheduledFunction(this, "FinishImports", {
      ...propsOf("finish-imports"),
      schedule: Schedule.rate(Duration.minutes(5)),
    });
    const outboxWatch = new ScheduledFunction(this, "WatchOutbox", {
      ...propsOf("watch-outbox"),
      schedule: Schedule.rate(Duration.minutes(5)),
    });
    // This job runs first, so that accounts that lapse today get no warning about their password.
    const deactivation = new ScheduledFunction(this, "DeactivateInactive", {
      ...propsOf("deactivate-inactive"),
      schedule: Schedule.cron({ hour: "5", minute: "0" }),
    });
    const warnings = new ScheduledFunction(this, "WarnPasswordExpiry", {
      ...propsOf("warn-password-expiry"),
      schedule: Schedule.cron({ hour: "5", minute: "30" }),
    });
    const bootstrap = new Bootstrap(this, "Bootstrap", propsOf("bootstrap"));
    const background = [sendMail, feedback, imports, outboxWatch, deactivation, warnings];
    new Alarms(this, "Alarms", {
      monitoring: data.monitoring,
      configuration,
      api,
      tables: data.tables,
      functions: {
        ...functions,
        background: [...background, bootstrap].map((one) => one.function),
      },
      sendMail: sendMail.function,
      everyFiveMinutes: { "finish-imports": imports.function, "watch-outbox": outboxWatch.function },
      daily: { "deactivate-inactive": deactivation.function, "warn-password-expiry": warnings.function },
      deadLetters: background.map(({ deadLetters }) => deadLetters.queue),
    });
    new Overview(this, "Overview", { api, monitoring: data.monitoring });
    new CfnOutput(this, "ApiUrl", { value: `${publicUrl}/`, description: "What v1/… follows" });
    mail.dnsRecords.forEach((value, index) => new CfnOutput(this, `DkimRecord${index + 1}`, { value }));
    new CfnOutput(this, "SendMailFunction", { value: sendMail.function.functionName });
    new CfnOutput(this, "SendMailDeadLetters", { value: sendMail.deadLetters.queue.queueUrl });
    new CfnOutput(this, "JobFinishImports", { value: imports.function.functionName });
    new CfnOutput(this, "JobWatchOutbox", { value: outboxWatch.function.functionName });
    new CfnOutput(this, "JobDeactivateInactive", { value: deactivation.function.functionName });
    new CfnOutput(this, "JobPasswordExpiryWarnings", { value: warnings.function.functionName });
    new CfnOutput(this, "WebUrl", { value: `${publicUrl}/`, description: "The sign-in page" });
  }
}

function surroundingsOf(
  { settings, contacts, operatorAdmin }: Configuration,
  { tables, userPool }: DataStack,
  variables: Surroundings["variables"],
): Surroundings {
  return {
    tables,
    userPool,
    variables: {
      ...variables,
      SETTINGS: JSON.stringify(settings),
      CONTACTS: JSON.stringify(contacts),
      OPERATOR_ADMIN: JSON.stringify(operatorAdmin),
    },
  };
}

function domainOf({ domainName: name, certificateArn }: Configuration) {
  return name !== undefined && certificateArn !== undefined ? { name, certificateArn } : null;
}

function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
