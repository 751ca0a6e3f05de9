import { jsonError, queryError, type ServiceAnswer } from "../troubles/disturbance.ts";
import type { NeededAction, ServiceCall } from "./service-calls.ts";

/** The answer of AWS to a call that IAM does not allow, in the protocol of the service. */
export function denial(
  service: ServiceCall["service"],
  { action, resource }: NeededAction,
  principal: string,
): ServiceAnswer {
  const message = `User: ${principal} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  switch (service) {
    case "dynamodb":
      return jsonError("1.0", "com.amazon.coral.service#AccessDeniedException", message, {
        more: { Message: message },
      });
    case "cognito":
      return jsonError("1.1", "AccessDeniedException", message);
    case "lambda":
      return jsonError("1.1", "AccessDeniedException", message, { status: 403 });
    case "ses":
      return queryError("AccessDenied", message, 403);
  }
}
