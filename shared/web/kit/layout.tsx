import type { ComponentChildren } from "preact";
import { isOperator } from "../../domain/operator.ts";
import { frameTexts } from "../../texts/pages/frame.ts";
import type { Language } from "../../texts/language.ts";
import type { PageScript, Site } from "./site.ts";
import {
  OrganisationMenu,
  isOtherOrganisation,
  OrganisationCaption,
  type OrganisationPlace,
  type OrganisationShown,
} from "./organisation-menu.tsx";
import { Menu, type MenuPlace } from "./menu.tsx";

export interface LayoutProps {
  readonly site: Site;
  readonly title: string;
  /** Puts “Error:” before the page's title, so that screen readers say it first. */
  readonly failed?: boolean;
  /** Gives tables more room than text. */
  readonly wide?: boolean;
  readonly place?: MenuPlace;
  /** Shows CIZ which organisation the page is about, with the menu of its pages. */
  readonly organisationMenu?: { readonly organisation: OrganisationShown; readonly place: OrganisationPlace };
  /** Optional; the page works without JavaScript. */
  readonly script?: PageScript;
  readonly children: ComponentChildren;
}

/** The frame of every page. */
export function Layout({ site, title, children, failed = false, wide = false, ...props }: LayoutProps) {
  const texts = frameTexts[site.language];
  const isForOperator = site.session !== null && isOperator(site.session.member);
  const menu = (isForOperator && props.organisationMenu) || null;
  const whose = menu ? `${title} - ${menu.organisation.displayName}` : title;
  const named = title.includes(texts.product) ? title : `${whose} - ${texts.product}`;
  const place = menu && isOtherOrganisation(menu.organisation, site.session) ? "organisations" : props.place;
  return (
    <html lang={site.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light" />
        <title>{`${failed ? texts.errorPrefix : ""}${named}`}</title>
        <link rel="stylesheet" href={site.styleSheet} />
        {/* No picture: without this, browsers ask for one that is not there. */}
        <link rel="icon" href="data:," />
        {props.script && <script src={site.scriptAddress(props.script)} defer />}
      </head>
      <body class="utrecht-html">
        <a class="skip" href="#inhoud">
          {texts.skip}
        </a>
        <header>
          <div class="bar">
            <div class="wide">
              <a class="product" href={site.link(site.session ? "/welkom" : "/")}>
                {texts.product}
              </a>
              <LanguageSwitch site={site} />
            </div>
          </div>
          {site.session && <Menu site={site} session={site.session} place={place ?? null} />}
          {menu && <OrganisationMenu site={site} {...menu} />}
        </header>
        <main id="inhoud" class={wide ? "wide" : undefined} tabindex={-1}>
          <h1>
            {menu && <OrganisationCaption site={site} organisation={menu.organisation} />}
            {title}
          </h1>
          {children}
        </main>
        <Foot site={site} />
      </body>
    </html>
  );
}

const languageNames: Readonly<Record<Language, string>> = { nl: "Nederlands", en: "English" };

/** Links to this page in the other language; a cookie keeps the choice. */
function LanguageSwitch({ site }: { site: Site }) {
  const other = site.language === "nl" ? "en" : "nl";
  return (
    <a class="language" href={site.inLanguage(other)} lang={other} hreflang={other} rel="alternate">
      {languageNames[other]}
    </a>
  );
}

function Foot({ site }: { site: Site }) {
  const texts = frameTexts[site.language];
  return (
    <footer class="foot">
      <div class="wide">
        <p>
          <a href={site.link("/hulp")}>{texts.help}</a>
        </p>
        <p>
          {site.contacts.operatorName} · {texts.version} {site.version} ({site.commit})
        </p>
      </div>
    </footer>
  );
}
