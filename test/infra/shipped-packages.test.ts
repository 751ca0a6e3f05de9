import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { acceptedLicenses, notices, shippedPackages } from "../../infra/build/shipped-packages.ts";
import packageDescription from "../../package.json" with { type: "json" };

/** npm's mark of a package that only development needs. */
const forDevelopment = "cdx:npm:package:development";

interface BillOfMaterials {
  readonly bomFormat: string;
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly properties: readonly { readonly name: string }[];
  }[];
}

const shipped = shippedPackages();
const names = shipped.map(({ name }) => name);
const { dependencies, devDependencies } = packageDescription;

describe("the packages that are shipped", () => {
  it("are dependencies as far as we name them, and nothing else is one", () => {
    const named = Object.keys({ ...dependencies, ...devDependencies });
    expect(Object.keys(dependencies)).toEqual(named.filter((name) => names.includes(name)).toSorted());
  });

  it.each(shipped)("$name $version has a licence under which it may be shipped", ({ license }) => {
    expect(acceptedLicenses).toContain(license);
  });

  it("stand in THIRD-PARTY-NOTICES.md, with the texts of their licences (npm run generate:notices)", () => {
    expect(readFileSync("THIRD-PARTY-NOTICES.md", "utf8")).toBe(notices(shipped));
  });

  it("are in the software bill of materials, and not as development packages (npm run sbom)", () => {
    const text = execFileSync("npm", ["run", "--silent", "sbom"], { encoding: "utf8", maxBuffer: 2 ** 26 });
    const { bomFormat, components } = JSON.parse(text) as BillOfMaterials;
    expect(bomFormat).toBe("CycloneDX");
    const forUse = components.filter(
      ({ properties }) => !properties.some(({ name }) => name === forDevelopment),
    );
    const listed = new Set(forUse.map(({ name, version }) => `${name}@${version}`));
    expect(shipped.filter(({ name, version }) => !listed.has(`${name}@${version}`))).toEqual([]);
  });
});
