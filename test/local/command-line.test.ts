import { describe, expect, it } from "vitest";
import { troubleNames, troubles } from "../../infra/local/troubles/troubles.ts";
import { help, readCommandLine } from "../../infra/local/command-line.ts";

describe("the command line", () => {
  it("is read", () => {
    const troubles = ["--trouble", "ses-sandbox", "--trouble", "cognito-slow"];
    expect(
      readCommandLine([...troubles, "--port", "3100", "--reset", "-c", "a=b=c", "-c", "d=", "--no-demo"]),
    ).toEqual({
      port: 3100,
      reset: true,
      context: { a: "b=c", d: "" },
      demo: false,
      state: null,
      app: null,
      troubles: ["ses-sandbox", "cognito-slow"],
    });
  });

  it.each([[["--port", "0"]], [["--port", "x"]], [["-c", "a"]], [["-c", "=a"]], [["--what"]], [["what"]]])(
    "refuses %j",
    (args) => {
      expect(() => readCommandLine(args)).toThrow(/port|key=value|Usage/);
    },
  );

  it("refuses an unknown trouble, and lists those that there are", () => {
    const read = () => readCommandLine(["--trouble", "constructor"]);
    expect(read).toThrow(
      /^There is no trouble constructor\. There are: ses-not-verified, .*dynamodb-reset\.$/,
    );
  });

  it("asks for help, which says every trouble and its meaning", () => {
    expect(readCommandLine(["--help"])).toBeNull();
    expect(help()).toMatch(/--trouble <name>/);
    for (const name of troubleNames) expect(help()).toContain(troubles[name].meaning);
  });
});
