import { skipped, type Check, type Outcome } from "./check.ts";
import { ofType, type Place, type Resource } from "./place.ts";

/** To do if a resource differs from its template. */
export const again = "deploy again";

/** A check of services that have no stand-in on this machine. */
export const onAws =
  (service: string, run: (place: Place) => Promise<Outcome[]>): Check["run"] =>
  (place) =>
    place.directory === null
      ? run(place)
      : Promise.resolve([skipped(`there is no stand-in for ${service} on this machine`)]);

/** The faults of all resources of a type, each beginning with the resource's name. */
export async function faultsOfAll(
  place: Place,
  type: string,
  faultsOf: (resource: Resource) => Promise<readonly string[]>,
): Promise<{ readonly count: number; readonly faults: string[] }> {
  const faults: string[] = [];
  const resources = ofType(place, type);
  // A check of nothing would be green for the wrong reason.
  if (resources.length === 0) faults.push(`the stacks have no ${type}`);
  for (const resource of resources) {
    const found = await faultsOf(resource);
    faults.push(...found.map((fault) => `${resource.physicalId}: ${fault}`));
  }
  return { count: resources.length, faults };
}
