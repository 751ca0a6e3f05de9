import { CfnOutput, Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import {
  AccessLogField,
  AccessLogFormat,
  AuthorizationType,
  BasePathMapping,
  type CfnRestApi,
  CognitoUserPoolsAuthorizer,
  DomainName,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
  SecurityPolicy,
  type StageOptions,
} from "aws-cdk-lib/aws-apigateway";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { Endpoint } from "../functions.ts";
import type { ClosedUserPool } from "./closed-user-pool.ts";
import { alarmPeriod, type Monitoring } from "./monitoring.ts";

export interface HttpApiProps {
  readonly userPool: ClosedUserPool;
  readonly monitoring: Monitoring;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
  /** A custom domain with its certificate; it disables the address that AWS gives. */
  readonly domain: { readonly name: string; readonly certificateArn: string } | null;
}

/** The first part of every path at the address that AWS gives. */
export const stageName = "portero";

/** Logs `resourcePath`, the route's pattern, because real paths contain the secrets of password links. */
const accessLogFields = {
  requestId: AccessLogField.contextRequestId(),
  at: AccessLogField.contextRequestTimeEpoch(),
  address: AccessLogField.contextIdentitySourceIp(),
  method: AccessLogField.contextHttpMethod(),
  route: AccessLogField.contextResourcePath(),
  status: AccessLogField.contextStatus(),
  bytes: AccessLogField.contextResponseLength(),
  milliseconds: AccessLogField.contextResponseLatency(),
  integrationStatus: AccessLogField.contextIntegrationStatus(),
  error: AccessLogField.contextErrorResponseType(),
};

/** The REST API: only the endpoints that functions serve, without a catch-all route. */
export class HttpApi extends Construct {
  readonly restApi: RestApi;
  /** `https://…` without a slash at the end; refers to the API only, so that functions can have it as a variable. */
  readonly address: string;
  readonly #authorizer: CognitoUserPoolsAuthorizer;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    const { domain } = props;
    this.restApi = new RestApi(this, "Rest", {
      disableExecuteApiEndpoint: domain !== null,
      restApiName: Stack.of(this).stackName,
      description: "Portero user administration",
      endpointTypes: [EndpointType.REGIONAL],
      // Base64 bodies become bytes if the request's first accepted type is one of these: browsers that follow a link
      // to a letter accept text/html first. Other bodies are not changed.
      binaryMediaTypes: ["application/pdf", "text/html"],
      // In an empty account API Gateway has no role yet to write logs; the role is for the whole region.
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
      deployOptions: this.#stage(props),
    });
    // The stack has an output of its own for the API's address.
    this.restApi.node.tryRemoveChild("Endpoint");
    this.#refuseOldTls();
    const { region, urlSuffix } = Stack.of(this);
    this.address =
      domain === null
        ? `https://${this.restApi.restApiId}.execute-api.${region}.${urlSuffix}/${stageName}`
        : `https://${domain.name}`;
    if (domain) this.#name(domain);
    this.#authorizer = new CognitoUserPoolsAuthorizer(this, "Authorizer", {
      authorizerName: "identity-token",
      cognitoUserPools: [props.userPool.pool],
      // A cached result would accept a token that has expired since.
      resultsCacheTtl: Duration.seconds(0),
    });
    props.monitoring.watch(this, "ServerErrors", {
      metric: this.restApi.metricServerError({ period: alarmPeriod, statistic: "Sum" }),
      threshold: 5,
      description: "Requests are answered with server errors.",
      runbook: "server-errors",
    });
    this.#acknowledge();
  }

  /** Declares an endpoint: open to anyone, or only to callers with an identity token of the user pool. */
  serve({ method, path, open }: Endpoint, by: IFunction): void {
    const integration = new LambdaIntegration(by, { allowTestInvoke: false });
    const resource = this.restApi.root.resourceForPath(path);
    const declared = resource.addMethod(
      method,
      integration,
      open
        ? { authorizationType: AuthorizationType.NONE }
        : { authorizationType: AuthorizationType.COGNITO, authorizer: this.#authorizer },
    );
    if (!open) return;
    for (const id of ["AwsSolutions-APIG4", "AwsSolutions-COG4"]) {
      Validations.of(declared).acknowledge({
        id,
        reason: "The route is open to anyone by contract, or a page that sees to its session itself.",
      });
    }
  }

  /** Requires TLS 1.2: API Gateway's default at its own address still allows TLS 1.0. */
  #refuseOldTls(): void {
    const api = this.restApi.node.defaultChild as CfnRestApi;
    api.securityPolicy = "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09";
    api.endpointAccessMode = "BASIC";
  }

  #name({ name, certificateArn }: NonNullable<HttpApiProps["domain"]>): void {
    const domain = new DomainName(this, "Domain", {
      domainName: name,
      certificate: Certificate.fromCertificateArn(this, "Certificate", certificateArn),
      endpointType: EndpointType.REGIONAL,
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
    new BasePathMapping(this, "Mapping", {
      domainName: domain,
      restApi: this.restApi,
      stage: this.restApi.deploymentStage,
    });
    new CfnOutput(Stack.of(this), "DomainTarget", {
      value: domain.domainNameAliasDomainName,
      description: `What ${name} is to be an alias of in the DNS`,
    });
  }

  #stage({ logRetention, removalPolicy }: HttpApiProps): StageOptions {
    const accessLog = new LogGroup(this, "AccessLog", { retention: logRetention, removalPolicy });
    return {
      stageName,
      throttlingRateLimit: 200,
      throttlingBurstLimit: 400,
      // Metrics of the whole API are free; those of each method would be billed as seven metrics, and the access log
      // has the routes too.
      metricsEnabled: false,
      accessLogDestination: new LogGroupLogDestination(accessLog),
      accessLogFormat: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      loggingLevel: MethodLoggingLevel.OFF,
      dataTraceEnabled: false,
      tracingEnabled: false,
    };
  }

  #acknowledge(): void {
    const secretPaths = "writes down whole paths, and those of password links hold their secrets";
    Validations.of(this.restApi).acknowledge(
      {
        id: "AwsSolutions-APIG2",
        reason:
          "Functions check whole requests against the schemas of their routes, and name every field that is wrong; the gateway's validator could do neither.",
      },
      {
        id: "AwsSolutions-APIG6",
        reason: `API Gateway's execution log ${secretPaths}; the access log does not.`,
      },
      {
        id: "Serverless-APIGWXrayEnabled",
        reason: `X-Ray's record of the gateway ${secretPaths}; traces begin at the functions.`,
      },
      {
        id: "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]",
        reason: "AWS's own policy is the one that API Gateway asks of the role with which it writes logs.",
      },
    );
  }
}
