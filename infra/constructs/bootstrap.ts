import { Duration } from "aws-cdk-lib";
import { Trigger } from "aws-cdk-lib/triggers";
import type { Construct } from "constructs";
import type { BundledFunctionProps } from "./bundled-function.ts";
import { TriggerFunction } from "./trigger-function.ts";

/** A function that runs at every deployment that changes it; if it fails, so does the deployment. */
export class Bootstrap extends TriggerFunction {
  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id, props);
    new Trigger(this, "Run", {
      handler: this.function,
      timeout: Duration.seconds(props.needs.timeoutSeconds),
      executeAfter: [this.function],
    });
  }
}
