import type { ComponentChildren } from "preact";
import { frameTexts } from "../../../shared/texts/pages/frame.ts";
import type { Site } from "../site.ts";
import { Help } from "./help.tsx";

interface LayoutProps {
  readonly site: Site;
  readonly title: string;
  /** Whether the page tells of an error, which its title then says first. */
  readonly failed?: boolean;
  readonly children: ComponentChildren;
}

/** The frame of every page. */
export function Layout({ site, title, failed = false, children }: LayoutProps) {
  const texts = frameTexts[site.language];
  const named = title.includes(texts.product) ? title : `${title} - ${texts.product}`;
  return (
    <html lang={site.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light" />
        <title>{`${failed ? texts.errorPrefix : ""}${named}`}</title>
        <link rel="stylesheet" href={site.styleSheet} />
      </head>
      <body>
        <a class="skip" href="#inhoud">
          {texts.skip}
        </a>
        <header class="bar">
          <a class="product" href={site.link("/")}>
            {texts.product}
          </a>
        </header>
        <main id="inhoud" tabindex={-1}>
          <h1>{title}</h1>
          {children}
        </main>
        <footer class="foot">
          <Help site={site} />
          <p class="operator">{site.contacts.operatorName}</p>
        </footer>
      </body>
    </html>
  );
}
