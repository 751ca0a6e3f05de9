import { CfnOutput, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import {
  AccessLogField,
  AccessLogFormat,
  ApiDefinition,
  BasePathMapping,
  type CfnRestApi,
  DomainName,
  EndpointType,
  LogGroupLogDestination,
  MethodLoggingLevel,
  SecurityPolicy,
  SpecRestApi,
  type StageOptions,
} from "aws-cdk-lib/aws-apigateway";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { apiDefinition, type ApiDefinitionProps } from "./api-definition.ts";
import type { ClosedUserPool } from "./closed-user-pool.ts";

export interface HttpApiProps extends Pick<ApiDefinitionProps, "endpoints" | "problems"> {
  readonly userPool: ClosedUserPool;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
  /** Our own domain name and its certificate; the address that AWS gives is then disabled. */
  readonly domain: { readonly name: string; readonly certificateArn: string } | null;
}

/** The first part of every path at the address that AWS gives. */
export const stageName = "portero";

/** Logs `resourcePath`, the route's pattern, because real paths hold the secrets of password links. */
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

/** The REST API: exactly the endpoints that functions serve, without a proxy for other paths. */
export class HttpApi extends Construct {
  readonly restApi: SpecRestApi;
  /** `https://…` without a slash at the end; it depends on the API alone, so that functions can have it as variable. */
  readonly address: string;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    const { domain } = props;
    const title = "Portero user administration";
    const { userPoolArn } = props.userPool.pool;
    this.restApi = new SpecRestApi(this, "Gateway", {
      apiDefinition: ApiDefinition.fromInline(apiDefinition(this, { title, userPoolArn, ...props })),
      disableExecuteApiEndpoint: domain !== null,
      restApiName: Stack.of(this).stackName,
      endpointTypes: [EndpointType.REGIONAL],
      // An empty account has no role yet with which API Gateway may write logs; the role is for the whole region.
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
      deployOptions: this.#stage(props),
    });
    // The stack has its own output for the address of the API.
    this.restApi.node.tryRemoveChild("Endpoint");
    this.#refuseOldTls();
    const { region, urlSuffix } = Stack.of(this);
    this.address =
      domain === null
        ? `https://${this.restApi.restApiId}.execute-api.${region}.${urlSuffix}/${stageName}`
        : `https://${domain.name}`;
    if (domain) this.#name(domain);
    this.#acknowledge();
  }

  /** Lets the API call a function; new routes are deployed when their functions are there. */
  allowCallsOf(by: LambdaFunction): void {
    by.addPermission("Gateway", {
      principal: new ServicePrincipal("apigateway.amazonaws.com"),
      sourceArn: this.restApi.arnForExecuteApi("*", "/*", stageName),
    });
    this.restApi.latestDeployment?.node.addDependency(by);
  }

  /** Sets TLS 1.2, because by default API Gateway accepts TLS 1.0 at the address that AWS gives. */
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
      // AWS bills seven metrics for each method, and metrics of the whole API and the access log are enough.
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
