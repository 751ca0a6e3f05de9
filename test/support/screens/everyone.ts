import { inSituation, newColleague, signInOn, type Screen } from "./visitor.ts";

const password = "Tulpenveld-48!";

/** The screens of whoever sets a password and signs in. */
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
    show: async (visit) => {
      const { open, fill, send, stack } = visit;
      const { username, email } = await newColleague(visit);
      await open(`/wachtwoord/${await stack.linkFor(username, email)}`);
      await fill({ password, repeat: password });
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
  { name: "hulp", viewer: "nobody", show: ({ open }) => open("/hulp") },
  { name: "niet-gevonden", viewer: "user", status: 404, show: ({ open }) => open("/organisaties/999999") },
];
