import { changePassword, showChangePassword } from "./account/change-password.tsx";
import { remindLoginName, showLoginNameReminder } from "./account/remind-login-name.tsx";
import { requestLink, showLinkRequest } from "./account/request-link.tsx";
import { setPassword, showSetPassword } from "./account/set-password.tsx";
import { showHelp } from "./account/show-help.tsx";
import { showPasswordExpiry, showWelcome } from "./account/show-welcome.tsx";
import { showSignIn, signIn, signOut } from "./account/sign-in.tsx";
import { answerUnknown } from "./kit/answer-unknown.ts";
import { getAsset } from "./kit/get-asset.ts";
import type { PageActions } from "./kit/page-action.ts";
import type { WebOperations } from "./operations.ts";
import type { webRoutes } from "./routes.ts";

export type AccountOperations = Pick<
  WebOperations,
  | "changePassword"
  | "endWebSession"
  | "getPasswordLink"
  | "remindLoginName"
  | "requestPasswordLink"
  | "setPasswordByLink"
  | "signInToWeb"
>;

/** The action behind each page of `webRoutes`. */
export function webPages(operations: AccountOperations): PageActions<typeof webRoutes> {
  return {
    showSignIn,
    signIn: signIn(operations),
    showHelp,
    showLinkRequest: showLinkRequest(),
    requestLink: requestLink(operations),
    showLoginNameReminder: showLoginNameReminder(),
    remindLoginName: remindLoginName(operations),
    showSetPassword: showSetPassword(operations),
    setPassword: setPassword(operations),
    showChangePassword,
    changePassword: changePassword(operations),
    showPasswordExpiry,
    showWelcome,
    signOut: signOut(operations),
    getAsset,
    answerUnknown,
  };
}
