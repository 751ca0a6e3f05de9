import { describe, expect, it } from "vitest";
import { readCommandLine } from "../../infra/local/command-line.ts";

describe("the command line", () => {
  it("is read", () => {
    expect(readCommandLine(["--port", "3100", "--reset", "-c", "a=b=c", "-c", "d=", "--no-demo"])).toEqual({
      port: 3100,
      reset: true,
      context: { a: "b=c", d: "" },
      demo: false,
      state: null,
      app: null,
    });
  });

  it.each([[["--port", "0"]], [["--port", "x"]], [["-c", "a"]], [["-c", "=a"]], [["--what"]], [["what"]]])(
    "refuses %j",
    (args) => {
      expect(() => readCommandLine(args)).toThrow(/port|key=value|Usage/);
    },
  );
});
