import { frameTexts } from "../../../shared/texts/pages/frame.ts";
import type { Site } from "../site.ts";

export function MailLink({ address }: { address: string }) {
  return <a href={`mailto:${address}`}>{address}</a>;
}

/** Whom to turn to, from every screen. */
export function Help({ site }: { site: Site }) {
  const texts = frameTexts[site.language];
  const { serviceDesk, contractManagement } = site.contacts;
  return (
    <details class="help">
      <summary>{texts.help}</summary>
      <p>{texts.helpAdministrator}</p>
      <p>{texts.helpServiceDesk}</p>
      <ul>
        <li>
          {texts.phone}:{" "}
          <a href={`tel:${serviceDesk.phone.replaceAll(/[^\d+]/g, "")}`}>{serviceDesk.phone}</a>
        </li>
        <li>
          {texts.email}: <MailLink address={serviceDesk.email} />
        </li>
      </ul>
      <p>{texts.helpContractManagement}</p>
      <ul>
        <li>
          {texts.email}: <MailLink address={contractManagement.email} />
        </li>
      </ul>
    </details>
  );
}
