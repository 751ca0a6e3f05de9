import { Validations } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { callersWait } from "./api-function.ts";
import { BundledFunction, type BundledFunctionProps } from "./bundled-function.ts";

/** A function that a service calls and waits for: the user pool, or CloudFormation. */
export class TriggerFunction extends BundledFunction {
  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id, props);
    Validations.of(this.function).acknowledge(callersWait);
  }
}
