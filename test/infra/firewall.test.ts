import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attemptPatterns } from "../../infra/constructs/firewall.ts";
import { routesOf } from "./routes.ts";
import { production, referred, resource } from "./template.ts";

const { app, data } = production;
const routes = await routesOf();

interface Rule {
  readonly Name: string;
  readonly Priority: number;
  readonly Action?: { readonly Block?: object };
  readonly OverrideAction?: object;
  readonly Statement: {
    readonly RateBasedStatement?: {
      readonly Limit: number;
      readonly AggregateKeyType: string;
      readonly ScopeDownStatement?: unknown;
    };
    readonly ManagedRuleGroupStatement?: {
      readonly Name: string;
      readonly VendorName: string;
      readonly RuleActionOverrides?: { readonly Name: string }[];
    };
  };
}

const acl = resource(app, "AWS::WAFv2::WebACL").Properties;
const rules = (acl["Rules"] as Rule[]).toSorted((a, b) => a.Priority - b.Priority);
const rate = (name: string) => rules.find(({ Name }) => Name === name)?.Statement.RateBasedStatement;

describe("the firewall of API and pages", () => {
  it("limits attempts and requests of one address, then has AWS's common rules and known bad inputs", () => {
    expect(rules.map(({ Name }) => Name)).toEqual([
      "AttemptsPerSource",
      "RequestsPerSource",
      "AWSManagedRulesCommonRuleSet",
      "AWSManagedRulesKnownBadInputsRuleSet",
    ]);
    for (const { Statement, Action, OverrideAction } of rules) {
      if (Statement.RateBasedStatement) expect(Action).toHaveProperty("Block");
      else
        expect([Statement.ManagedRuleGroupStatement?.VendorName, OverrideAction]).toEqual([
          "AWS",
          { None: {} },
        ]);
    }
  });

  it("is stricter for attempts than for requests, and answers both as the API would", () => {
    expect(rate("AttemptsPerSource")).toMatchObject({ Limit: 300, AggregateKeyType: "IP" });
    expect(rate("RequestsPerSource")).toEqual({ Limit: 3000, AggregateKeyType: "IP" });
    const answers = rules.flatMap(({ Action }) => (Action?.Block ? [Action.Block] : []));
    const answer = {
      ResponseCode: 429,
      CustomResponseBodyKey: "too-many-attempts",
      ResponseHeaders: [{ Name: "Retry-After", Value: "60" }],
    };
    expect(answers).toEqual([{ CustomResponse: answer }, { CustomResponse: answer }]);
    const bodies = acl["CustomResponseBodies"] as Record<string, { ContentType: string; Content: string }>;
    expect(JSON.parse(bodies["too-many-attempts"]?.Content ?? "")).toEqual({
      type: "urn:portero:problem:too-many-attempts",
      title: expect.any(String) as unknown,
      status: 429,
      detail: expect.stringMatching(/\.$/) as unknown,
    });
  });

  it("AWS's rules that only count are about bodies and user agents", () => {
    const counted = rules.flatMap(
      ({ Statement }) => Statement.ManagedRuleGroupStatement?.RuleActionOverrides ?? [],
    );
    expect(
      counted.map(({ Name }) => Name).filter((name) => !/_BODY$|^NoUserAgent_HEADER$/.test(name)),
    ).toEqual([]);
  });
});

describe("an attempt, to the firewall", () => {
  const { Statements } = (
    rate("AttemptsPerSource")?.ScopeDownStatement as { AndStatement: { Statements: unknown[] } }
  ).AndStatement;
  interface OfPath {
    RegexMatchStatement: { RegexString: string; TextTransformations: { Type: string }[] };
  }
  const [method, path] = Statements as [
    { ByteMatchStatement: unknown },
    OfPath | { OrStatement: { Statements: OfPath[] } },
  ];
  const ofPath = "OrStatement" in path ? path.OrStatement.Statements : [path];
  const patterns = ofPath.map(({ RegexMatchStatement }) => RegexMatchStatement.RegexString);
  const isAttempt = (one: string) => patterns.some((pattern) => new RegExp(pattern).test(one));
  const filledIn = (one: string) => one.replaceAll(/\{\w+\}/g, "x".repeat(43));

  it("is a POST, in every spelling of its path", () => {
    expect(method.ByteMatchStatement).toMatchObject({
      FieldToMatch: { Method: {} },
      PositionalConstraint: "EXACTLY",
      SearchString: "POST",
    });
    for (const { RegexMatchStatement } of ofPath) {
      const transformations = RegexMatchStatement.TextTransformations.map(({ Type }) => Type);
      expect(transformations).toEqual(["URL_DECODE", "NORMALIZE_PATH"]);
    }
  });

  /** "AWS WAF quotas" and "Supported regular expression syntax in AWS WAF" in its guide. */
  const keepsWafsRules = (pattern: string) => {
    expect(pattern.length).toBeLessThanOrEqual(200);
    expect(pattern).not.toMatch(/\((?!\?:)/);
    expect(pattern).not.toMatch(/\|\||\(\?:\||\|\)|\(\?:\)/);
    expect(new RegExp(pattern).test("")).toBe(false);
  };

  it("is matched by patterns that WAF takes: short, without captures, and none that matches nothing", () => {
    patterns.forEach(keepsWafsRules);
  });

  it("stays within WAF's rules, and is found, however many paths there are", () => {
    const part = fc.stringMatching(/^[a-z][a-z-]{0,40}$/);
    const paths = fc.array(
      part.map((one) => `/v1/${one}/{token}`),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(paths, fc.boolean(), (some, withRoot) => {
        const all = withRoot ? ["/", ...some] : some;
        const found = attemptPatterns(all);
        found.forEach(keepsWafsRules);
        for (const one of all) {
          const matching = found.filter((pattern) => new RegExp(pattern).test(filledIn(one)));
          expect(matching.length).toBeGreaterThan(0);
        }
        expect(found.some((pattern) => new RegExp(pattern).test("/"))).toBe(withRoot);
      }),
    );
  });

  it.each([
    "/v1/sessions",
    "/v1/sessions/refresh",
    "/v1/password-links",
    "/v1/password-links/{token}/redemption",
    "/",
    "/wachtwoord-aanvragen",
    "/wachtwoord/{token}",
  ])("is made at %s, at the address of AWS and at one's own", (one) => {
    expect(isAttempt(filledIn(one))).toBe(true);
    expect(isAttempt(`/portero${filledIn(one)}`)).toBe(true);
  });

  it("can be made nowhere else without a token or a session", () => {
    const posts = routes.filter(({ method, forStrangers }) => forStrangers && method === "POST");
    expect(posts.length).toBeGreaterThan(6);
    const missed = posts.filter((one) => !isAttempt(filledIn(one.path)));
    expect(missed).toEqual([]);
  });

  it.each(["/v1/organisations/2/users", "/v1/me/password", "/v1/sessionsx", "/organisaties/2/gebruikers"])(
    "is nothing at %s",
    (one) => {
      expect(isAttempt(one)).toBe(false);
    },
  );
});

it("a firewall limits Cognito's own page to 600 requests of one address", () => {
  const pool = resource(data, "AWS::Cognito::UserPool");
  const { Properties, logicalId } = resource(data, "AWS::WAFv2::WebACL");
  const association = resource(data, "AWS::WAFv2::WebACLAssociation").Properties;
  expect(referred(association["ResourceArn"])).toBe(pool.logicalId);
  expect(referred(association["WebACLArn"])).toBe(logicalId);
  expect(Properties["Rules"]).toMatchObject([
    {
      Action: { Block: {} },
      Statement: {
        RateBasedStatement: {
          Limit: 600,
          ScopeDownStatement: {
            ByteMatchStatement: { SearchString: "/login", PositionalConstraint: "STARTS_WITH" },
          },
        },
      },
    },
  ]);
});
