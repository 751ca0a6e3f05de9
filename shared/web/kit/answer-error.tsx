import type { APIGatewayProxyResult } from "aws-lambda";
import { DomainError, isDomainError, type ProblemSlug } from "../../domain/errors.ts";
import { logFailure } from "../../http/log-failure.ts";
import { problemStatus } from "../../http/problems.ts";
import { frameTexts } from "../../texts/pages/frame.ts";
import { problemDetail } from "../../texts/problems.ts";
import { CrossSiteForm, FormRestored } from "./errors.ts";
import { Problem } from "./problem-page.tsx";
import { htmlResponse, retryAfter } from "./response.ts";
import type { Site } from "./site.ts";

/** A domain error gets a page that explains it; every other error gets the same bare page. Failures are logged. */
export function answerError(error: unknown, site: Site): APIGatewayProxyResult {
  if (error instanceof FormRestored) return answerError(new DomainError("precondition-failed"), site);
  logFailure(error);
  if (isDomainError(error)) {
    return problemResponse(error.code, detailOf(error, error.code, site), site, retryAfter(error));
  }
  const { language, contacts } = site;
  return problemResponse("internal-error", problemDetail("internal-error", language, { contacts }), site);
}

function problemResponse(
  slug: ProblemSlug,
  detail: string,
  site: Site,
  headers: Record<string, string> = {},
) {
  const page = <Problem site={site} slug={slug} detail={detail} />;
  return htmlResponse(problemStatus[slug], site.language, page, headers);
}

function detailOf(error: DomainError, slug: ProblemSlug, { language, contacts }: Site): string {
  if (error instanceof CrossSiteForm) return frameTexts[language].crossSite;
  return problemDetail(slug, language, { contacts, retryAfterSeconds: error.retryAfterSeconds });
}
