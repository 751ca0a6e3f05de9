import { readFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { afterAll, it } from "vitest";
import { describeApplication } from "../../infra/application.ts";
import { readConfiguration } from "../../infra/config.ts";

const { context } = JSON.parse(readFileSync("cdk.json", "utf8")) as { context: Record<string, unknown> };
const outdir = mkdtempSync(join(tmpdir(), "portero-domain-"));
afterAll(() => rmSync(outdir, { recursive: true }));

it("a domain name of one's own takes the place of the address that AWS gives", () => {
  const domain = {
    domainName: "gebruikersbeheer.portero.example",
    certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/0b6941c3-f04d-4d3e-a66d-b1df00e1e381",
  };
  const app = new App({ context: { ...context, ...domain }, outdir });
  describeApplication(app, readConfiguration({ ...context, ...domain }), {
    version: "1.0.0",
    commit: "test",
  });
  const stack = app.node.findChild("dev-portero-app");
  if (!Stack.isStack(stack)) throw new Error("There is no app stack");
  const template = Template.fromStack(stack);
  template.hasResourceProperties("AWS::ApiGateway::DomainName", {
    DomainName: domain.domainName,
    RegionalCertificateArn: domain.certificateArn,
    SecurityPolicy: "TLS_1_2",
    EndpointConfiguration: { Types: ["REGIONAL"] },
  });
  template.hasResourceProperties("AWS::ApiGateway::RestApi", { DisableExecuteApiEndpoint: true });
  template.resourceCountIs("AWS::ApiGateway::BasePathMapping", 1);
  template.hasOutput("ApiUrl", { Value: `https://${domain.domainName}/` });
  template.hasOutput("DomainTarget", {});
  template.hasResourceProperties("AWS::Lambda::Function", {
    Environment: { Variables: { PUBLIC_URL: `https://${domain.domainName}` } },
  });
});
