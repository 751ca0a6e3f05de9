import type { APIGatewayProxyResult } from "aws-lambda";
import { parseSessionToken } from "../../operations/sessions/session-token.ts";
import { htmlResponse, setSessionCookie } from "../kit/response.ts";
import { pageRoutes, type PageRoute } from "../routes.ts";
import type { Site } from "../kit/site.ts";
import { restoredQuery, type SavedForm, type SavedField } from "../kit/saved-form.ts";
import { frameTexts } from "../../texts/pages/frame.ts";
import { resumeTexts } from "../../texts/pages/resume.ts";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Form } from "../kit/form.tsx";
import { HiddenFields } from "../kit/hidden-fields.tsx";
import { Layout } from "../kit/layout.tsx";

const routes: readonly PageRoute[] = Object.values(pageRoutes).flat();

/** Only these addresses are accepted, so that a forged field cannot send the user elsewhere. */
const addresses = routes
  .filter(({ savesForm }) => savesForm)
  .map(({ path }) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, String.raw`[\w-]+`)}$`));

/**
 * The page that leads back to a saved form, for the person who filled it in and has just signed in again.
 * @param cookie of the session that has just begun
 * @returns null for anybody else, and for an address that is no form of ours
 */
export function restoreForm(
  { username, path, fields }: SavedForm,
  cookie: string,
  site: Site,
): APIGatewayProxyResult | null {
  if (parseSessionToken(cookie)?.username !== username) return null;
  if (!addresses.some((address) => address.test(path))) return null;
  const address = `${site.link("/")}${path.slice(1)}?${new URLSearchParams([Object.values(restoredQuery)]).toString()}`;
  const page = <RestoredForm site={site} address={address} fields={fields} />;
  return htmlResponse(200, site.language, page, setSessionCookie(cookie));
}

interface RestoredFormProps {
  readonly site: Site;
  /** The saved form's own page. */
  readonly address: string;
  readonly fields: readonly SavedField[];
}

/** Sends the saved form back to its own page, after the user has signed in again. */
export function RestoredForm({ site, address, fields }: RestoredFormProps) {
  const texts = resumeTexts[site.language];
  return (
    <Layout site={site} title={texts.title}>
      <p>{texts.kept}</p>
      <Form action={address}>
        <HiddenFields fields={fields} />
        <div class="actions">
          <Button>{texts.back}</Button>
          <ButtonLink kind="secondary" href={site.link("/welkom")}>
            {frameTexts[site.language].toWelcome}
          </ButtonLink>
        </div>
      </Form>
    </Layout>
  );
}
