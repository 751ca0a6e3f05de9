import { DomainError } from "../../../shared/domain/errors.ts";
import { problems, type ProblemSlug } from "../../../shared/http/problems.ts";
import { fieldErrorText } from "../../../shared/texts/field-errors.ts";
import { problemDetail, problemTitle } from "../../../shared/texts/problems.ts";
import type { FormError } from "../pages/form.tsx";
import { retryAfter } from "../response.ts";
import type { Site } from "../site.ts";

/** What a refusal says on the form that it is about, which comes back with what was typed. */
export interface FormFailure {
  readonly status: number;
  readonly title: string;
  readonly errors: readonly FormError[];
  readonly headers: Readonly<Record<string, string>>;
}

/** Refusals that are about the page and not about what was filled in. */
const aboutThePage = new Set(["not-found", "not-allowed", "not-authenticated", "payload-too-large"]);

/**
 * The failure of a form whose fields are called as the operation's are.
 * @param labels what the page calls them
 * @throws the error itself where it is no fault of the form
 */
export function formFailure(
  error: unknown,
  site: Site,
  labels: Readonly<Record<string, string>>,
): FormFailure {
  if (!(error instanceof DomainError) || !isProblem(error.code) || aboutThePage.has(error.code)) throw error;
  const { code, retryAfterSeconds } = error;
  const { language, contacts } = site;
  const errors = error.errors.map((one) => {
    const field = one.pointer.replace(/^\/|^query:/, "");
    const label = labels[field];
    const text = fieldErrorText(one, language);
    return label === undefined ? { field: null, text: `${field}: ${text}` } : { field, label, text };
  });
  const detail = problemDetail(code, language, { contacts, retryAfterSeconds });
  return {
    status: problems[code][0],
    title: problemTitle(code, language),
    errors: errors.length > 0 ? errors : [{ field: null, text: detail }],
    headers: retryAfter(error),
  };
}

function isProblem(code: string): code is ProblemSlug {
  return Object.hasOwn(problems, code);
}
