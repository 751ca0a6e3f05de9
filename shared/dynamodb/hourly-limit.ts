import { tooManyAttempts } from "../domain/errors.ts";
import type { HourlyCount } from "../domain/hourly-limit.ts";
import { epochSeconds, plusHours } from "../domain/time.ts";
import type { Tables } from "./client.ts";
import { expiryAttribute, hourlyLimitKey } from "./keys.ts";
import { update, type Write } from "./write.ts";

/**
 * Adds to a count, unless that exceeds its maximum. The condition checks the limit by itself, so parallel requests
 * cannot exceed it. A number per hour costs one write unit, however many are counted.
 * @throws too-many-attempts from the commit
 */
export function hourlyCountWrite(tables: Tables, count: HourlyCount): Write {
  const { add, most, hour, secondsToWait } = count;
  const change = {
    Key: hourlyLimitKey(count),
    UpdateExpression: "SET #expiry = :expiry ADD counted :add",
    ConditionExpression: "attribute_not_exists(counted) OR counted <= :room",
    ExpressionAttributeNames: { "#expiry": expiryAttribute },
    ExpressionAttributeValues: {
      ":add": add,
      ":room": most - add,
      ":expiry": epochSeconds(plusHours(hour, 2)),
    },
  };
  return update(tables, change, () => tooManyAttempts(secondsToWait));
}
