import { endSession, inSituation, newColleague, signInOn, type Screen, type Visit } from "./visitor.ts";

const password = "Tulpenveld-48!";

/** Fills in a form, and sends it after the session has ended. */
async function sendTooLate({ page, stack, account, names, open, fill, send }: Visit): Promise<void> {
  await open(`/organisaties/${account.organisationId}/gebruiker-toevoegen`);
  await fill({ ...names, memo: "Werkt op maandag" });
  await endSession(page.context(), stack);
  await send();
}

async function signInAgain({ account, fill, send }: Visit): Promise<void> {
  await fill({ username: account.username, password: account.password });
  await send();
}

/** Signs a user in for as long as it takes to show a screen. */
function meanwhileSignedIn(show: (visit: Visit) => Promise<void>): Screen["show"] {
  return async (visit) => {
    await signInOn(visit.page, visit.stack, visit.account);
    await show(visit);
    await visit.page.context().clearCookies({ name: /portero/ });
  };
}

/** The screens for setting a password and signing in. */
export const everyonesScreens: readonly Screen[] = [
  { name: "inloggen", viewer: "nobody", narrow: true, show: ({ open }) => open("/") },
  {
    name: "inloggen-mislukt",
    viewer: "nobody",
    status: 401,
    show: async ({ open, fill, send, account }) => {
      await open("/");
      await fill({ username: account.username, password: "Verkeerd-12345" });
      await send();
    },
  },
  { name: "wachtwoord-aanvragen", viewer: "nobody", show: ({ open }) => open("/wachtwoord-aanvragen") },
  {
    name: "wachtwoord-aangevraagd",
    viewer: "nobody",
    show: async ({ open, fill, send }) => {
      await open("/wachtwoord-aanvragen");
      await fill({ username: "bestaatniet" });
      await send();
    },
  },
  { name: "gebruikersnaam-vergeten", viewer: "nobody", show: ({ open }) => open("/inlognaam-vergeten") },
  {
    name: "gebruikersnaam-opgevraagd",
    viewer: "nobody",
    show: async ({ open, fill, send }) => {
      await open("/inlognaam-vergeten");
      await fill({ email: "niemand@nergens.example" });
      await send();
    },
  },
  {
    name: "wachtwoord-instellen",
    viewer: "nobody",
    narrow: true,
    show: async (visit) => {
      const { open, stack } = visit;
      const { username, email } = await newColleague(visit);
      await open(`/wachtwoord/${await stack.linkFor(username, email)}`);
    },
  },
  {
    name: "wachtwoord-instellen-geweigerd",
    viewer: "nobody",
    status: 422,
    show: async (visit) => {
      const { open, fill, send, stack } = visit;
      const { username, email } = await newColleague(visit);
      await open(`/wachtwoord/${await stack.linkFor(username, email)}`);
      await fill({ password: "kort", repeat: "kort" });
      await send();
    },
  },
  {
    name: "wachtwoord-ingesteld",
    viewer: "nobody",
    // Shown for a form that is sent twice; the first one signs in.
    show: async (visit) => {
      const { open, fill, page, send, stack } = visit;
      const { username, email } = await newColleague(visit);
      const path = `/wachtwoord/${await stack.linkFor(username, email)}`;
      await open(path);
      await fill({ password, repeat: password });
      const sleutel = await page.locator("input[name=sleutel]").inputValue();
      const form = new URLSearchParams({ password, repeat: password, sleutel });
      const headers = { "Content-Type": "application/x-www-form-urlencoded" };
      await stack.call("POST", path, { headers, body: form.toString(), redirect: "manual" });
      await send();
    },
  },
  { name: "link-verlopen", viewer: "nobody", status: 410, show: ({ open }) => open("/wachtwoord/verlopen") },
  {
    name: "wachtwoord-verlopen",
    viewer: "nobody",
    status: 403,
    show: ({ page, stack }) => signInOn(page, stack, inSituation(stack, "password-expired")),
  },
  { name: "wachtwoord-bijna-verlopen", viewer: "expiring", show: ({ open }) => open("/wachtwoord-verloopt") },
  { name: "welkom-gebruiker", viewer: "user", show: ({ open }) => open("/welkom") },
  { name: "wachtwoord-wijzigen", viewer: "user", show: ({ open }) => open("/wachtwoord-wijzigen") },
  {
    name: "wachtwoord-wijzigen-geweigerd",
    viewer: "user",
    status: 400,
    show: async ({ open, fill, send }) => {
      await open("/wachtwoord-wijzigen");
      await fill({ password });
      await send();
    },
  },
  { name: "sessie-afgelopen", viewer: "nobody", status: 401, show: meanwhileSignedIn(sendTooLate) },
  {
    name: "weer-ingelogd",
    viewer: "nobody",
    show: meanwhileSignedIn(async (visit) => {
      await sendTooLate(visit);
      await signInAgain(visit);
    }),
  },
  {
    name: "formulier-terug",
    viewer: "administrator",
    status: 200,
    show: async (visit) => {
      await sendTooLate(visit);
      await signInAgain(visit);
      await visit.send();
    },
  },
  { name: "hulp", viewer: "nobody", show: ({ open }) => open("/hulp") },
  { name: "niet-gevonden", viewer: "user", status: 404, show: ({ open }) => open("/organisaties/999999") },
];
