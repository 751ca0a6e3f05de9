import { AlmostExpired, Welcome } from "./welcome-page.tsx";
import { htmlResponse, redirect } from "../kit/response.ts";
import { signedIn, type PageAction } from "../kit/page-action.ts";

export const showWelcome: PageAction = async (_request, site) =>
  Promise.resolve(htmlResponse(200, site.language, <Welcome site={site} session={signedIn(site)} />));

/** Whoever has a new password by now goes on. */
export const showPasswordExpiry: PageAction = async (_request, site) => {
  const { passwordExpiry } = signedIn(site);
  if (!passwordExpiry.warning) return Promise.resolve(redirect(site.link("/welkom")));
  return htmlResponse(200, site.language, <AlmostExpired site={site} passwordExpiry={passwordExpiry} />);
};
