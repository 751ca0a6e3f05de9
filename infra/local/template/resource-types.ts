/** What the local host makes, runs or reads. */
const played = new Set([
  "AWS::DynamoDB::Table",
  "AWS::DynamoDB::GlobalTable",
  "AWS::Cognito::UserPool",
  "AWS::Cognito::UserPoolClient",
  "AWS::Lambda::Function",
  "AWS::Lambda::Version",
  "AWS::Lambda::Alias",
  "AWS::Lambda::EventSourceMapping",
  "AWS::Lambda::EventInvokeConfig",
  "AWS::ApiGateway::RestApi",
  "AWS::ApiGateway::Resource",
  "AWS::ApiGateway::Method",
  "AWS::ApiGateway::Authorizer",
  "AWS::ApiGateway::GatewayResponse",
  "AWS::ApiGateway::Deployment",
  "AWS::ApiGateway::Stage",
  "AWS::SQS::Queue",
  "AWS::Events::Rule",
  "Custom::Trigger",
]);

/** What means nothing on one machine: rights, logging, alarms, protection, names and certificates, deliverability. */
const meaningless = [
  "AWS::CDK::Metadata",
  "AWS::IAM::",
  "AWS::KMS::",
  "AWS::Logs::",
  "AWS::CloudWatch::",
  "AWS::XRay::",
  "AWS::SNS::",
  "AWS::SES::",
  "AWS::SSM::",
  "AWS::WAFv2::",
  "AWS::Backup::",
  "AWS::Route53::",
  "AWS::CertificateManager::",
  "AWS::SQS::QueuePolicy",
  "AWS::Lambda::Permission",
  "AWS::ApiGateway::Account",
  "AWS::ApiGateway::UsagePlan",
  "AWS::ApiGateway::DomainName",
  "AWS::ApiGateway::BasePathMapping",
  "AWS::Cognito::LogDeliveryConfiguration",
  "AWS::Cognito::UserPoolRiskConfigurationAttachment",
  "AWS::Cognito::UserPoolDomain",
  "AWS::Cognito::ManagedLoginBranding",
];

/** Whether the local host has something to say about a type: it plays it, or knows that it needs no playing. */
export function isKnownType(type: string): boolean {
  return played.has(type) || meaningless.some((start) => type.startsWith(start));
}
