import { withAccessClosed, withMisuse } from "./sanctioned.ts";
import { clickThrough, type Screen, type Visit } from "./visitor.ts";

async function openAbout({ open }: Visit, { id }: { readonly id: string }, rest: string): Promise<void> {
  await open(`/organisaties/${id}/${rest}`);
}

/** Chooses a ground for closing, and the incident of misuse for it. */
async function chooseGround(visit: Visit, ground: string): Promise<void> {
  const organisation = await withMisuse(visit);
  await openAbout(visit, organisation, "toegang-sluiten");
  const { page, send } = visit;
  await page.locator(`[name="ground"][value="${ground}"]`).check();
  await page.locator(`[name="incidentIds"][value="${organisation.incidentId}"]`).check();
  await send();
}

/** The address of the letter about the closure. */
export const closedScreen: Screen = {
  name: "ciz-toegang-gesloten",
  viewer: "contract-manager",
  narrow: true,
  show: async (visit) => {
    await chooseGround(visit, "misuse");
    await clickThrough(visit.page, 'main button[value="sluiten"]');
  },
};

/** The screens of contract managers about an organisation that has misused Portero. */
export const sanctionsScreens: readonly Screen[] = [
  {
    name: "ciz-incidenten-vastgelegd",
    viewer: "contract-manager",
    narrow: true,
    show: async (visit) => openAbout(visit, await withMisuse(visit), "incidenten"),
  },
  {
    name: "ciz-contact-vastleggen",
    viewer: "contract-manager",
    show: async (visit) => {
      const organisation = await withMisuse(visit);
      await openAbout(visit, organisation, `incidenten/${organisation.incidentId}/contact-vastleggen`);
    },
  },
  {
    name: "ciz-toegang-grond-aanwezig",
    viewer: "contract-manager",
    show: async (visit) => openAbout(visit, await withMisuse(visit), "toegang"),
  },
  {
    name: "ciz-toegang-sluiten-grond-aanwezig",
    viewer: "contract-manager",
    narrow: true,
    show: async (visit) => openAbout(visit, await withMisuse(visit), "toegang-sluiten"),
  },
  {
    name: "ciz-toegang-sluiten-grond-ontbreekt",
    viewer: "contract-manager",
    status: 422,
    show: (visit) => chooseGround(visit, "repeated-careless-use"),
  },
  {
    name: "ciz-toegang-sluiten-zeker",
    viewer: "contract-manager",
    show: (visit) => chooseGround(visit, "misuse"),
  },
  closedScreen,
  {
    name: "ciz-toegang-heropenen",
    viewer: "contract-manager",
    show: async (visit) => openAbout(visit, await withAccessClosed(visit), "toegang-heropenen"),
  },
  {
    name: "ciz-toegang-heropend",
    viewer: "contract-manager",
    show: async (visit) => {
      await openAbout(visit, await withAccessClosed(visit), "toegang-heropenen");
      await visit.fill({
        reason: "Iedereen heeft nu een eigen account. De beheerder controleert dat elke maand.",
      });
      await visit.send();
    },
  },
];
