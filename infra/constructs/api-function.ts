import { Validations } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { BundledFunction, type BundledFunctionProps } from "./bundled-function.ts";
import type { HttpApi } from "./http-api.ts";

export interface ApiFunctionProps extends BundledFunctionProps {
  readonly api: HttpApi;
}

/** A function that answers requests of the REST API. */
export class ApiFunction extends BundledFunction {
  constructor(scope: Construct, id: string, { api, ...props }: ApiFunctionProps) {
    super(scope, id, props);
    api.allowCallsOf(this.function);
    Validations.of(this.function).acknowledge(callersWait);
  }
}

/** For functions that are only called synchronously, so that no failed work has to be kept. */
export const callersWait = {
  id: "Serverless-LambdaDLQ",
  reason: "Callers wait for the answer and learn of a failure, so no work can be lost.",
};
