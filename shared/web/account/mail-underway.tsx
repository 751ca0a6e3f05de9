import { Layout } from "../kit/layout.tsx";
import type { Site } from "../kit/site.ts";

export interface MailUnderwayProps {
  readonly site: Site;
  readonly texts: {
    readonly sentTitle: string;
    readonly notReceivedTitle: string;
    readonly notReceived: readonly string[];
    readonly again: string;
  };
  /** The paragraphs about the mail. */
  readonly sent: readonly string[];
  /** The page on which one can ask once more. */
  readonly again: Parameters<Site["link"]>[0];
}

/** Says that a mail is underway, and what to do if none comes. */
export function MailUnderway({ site, texts, sent, again }: MailUnderwayProps) {
  return (
    <Layout site={site} title={texts.sentTitle}>
      {sent.map((paragraph) => (
        <p>{paragraph}</p>
      ))}
      <section class="aside" aria-labelledby="geen-mail">
        <h2 id="geen-mail">{texts.notReceivedTitle}</h2>
        <ul>
          {texts.notReceived.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
        <p>
          <a href={site.link(again)}>{texts.again}</a>
        </p>
      </section>
    </Layout>
  );
}
