import { frameTexts } from "../../texts/pages/frame.ts";
import type { Site } from "../kit/site.ts";
import { Layout } from "../kit/layout.tsx";

export function MailLink({ address }: { address: string }) {
  return <a href={`mailto:${address}`}>{address}</a>;
}

export function PhoneLink({ number }: { number: string }) {
  return <a href={`tel:${number.replaceAll(/[^\d+]/g, "")}`}>{number}</a>;
}

/** Whom to turn to. */
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
