import { htmlResponse } from "../kit/response.ts";
import type { PageAction } from "../kit/page-action.ts";
import { frameTexts } from "../../texts/pages/frame.ts";
import type { Site } from "../kit/site.ts";
import { MailLink, PhoneLink } from "../kit/contact-links.tsx";
import { Layout } from "../kit/layout.tsx";

export const showHelp: PageAction = (_request, site) =>
  Promise.resolve(htmlResponse(200, site.language, <HelpPage site={site} />));

export function HelpPage({ site }: { site: Site }) {
  const texts = frameTexts[site.language];
  const { serviceDesk, contractManagement } = site.contacts;
  return (
    <Layout site={site} title={texts.help}>
      <h2>{texts.helpAdministratorTitle}</h2>
      <p>{texts.helpAdministrator}</p>
      <h2>{texts.serviceDesk}</h2>
      <p>{texts.helpServiceDesk}</p>
      <ul>
        <li>
          {texts.phone}: <PhoneLink number={serviceDesk.phone} />
        </li>
        <li>
          {texts.email}: <MailLink address={serviceDesk.email} />
        </li>
      </ul>
      <h2>{texts.contractManagement}</h2>
      <p>{texts.helpContractManagement}</p>
      <ul>
        <li>
          {texts.email}: <MailLink address={contractManagement.email} />
        </li>
      </ul>
    </Layout>
  );
}
