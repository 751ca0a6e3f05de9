import { once } from "../../runtime/once.ts";
import type { WebOperations } from "./operations.ts";
import type { PageName } from "../routes.ts";
import { getAsset } from "../kit/get-asset.ts";
import type { PageAction } from "../kit/page-action.ts";
import { requestLink, showLinkRequest } from "./request-link.tsx";
import { setPassword, showSetPassword } from "./set-password.tsx";
import { showHelp } from "./show-help.tsx";
import { showSignIn, signIn, signOut } from "./sign-in.tsx";
import { showPasswordExpiry, showWelcome } from "./show-welcome.tsx";

/** An action that is loaded when the first request asks for it, since few come to it. */
function later(load: () => Promise<PageAction>): PageAction {
  const action = once(load);
  return async (request, site) => (await action())(request, site);
}

/** What answers each page. */
export function actionsFor(operations: WebOperations): Record<PageName, PageAction> {
  const changing = once(() => import("./change-password.tsx"));
  return {
    showSignIn,
    signIn: signIn(operations),
    showHelp,
    showLinkRequest: showLinkRequest(),
    requestLink: requestLink(operations),
    showSetPassword: showSetPassword(operations),
    setPassword: setPassword(operations),
    showChangePassword: later(async () => (await changing()).showChangePassword),
    changePassword: later(async () => (await changing()).changePassword(operations)),
    showPasswordExpiry,
    showWelcome,
    signOut: signOut(operations),
    getAsset,
  };
}
