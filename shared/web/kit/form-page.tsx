import type { ComponentChildren } from "preact";
import type { OrganisationPlace, OrganisationShown } from "./about-organisation.tsx";
import { ErrorSummary, type FormError } from "./form.tsx";
import { Layout } from "./layout.tsx";
import type { Site } from "./site.ts";

/** Why a form came back, if it did. */
export interface FailedForm {
  readonly errorTitle?: string | undefined;
  readonly errors?: readonly FormError[] | undefined;
}

interface FormPageProps extends FailedForm {
  readonly site: Site;
  readonly title: string;
  readonly organisation: OrganisationShown;
  readonly place: OrganisationPlace;
  readonly children: ComponentChildren;
}

/** The frame of a page with a form about an organisation, which begins with what is wrong with it. */
export function FormPage({ site, title, organisation, place, errors = [], ...props }: FormPageProps) {
  const { errorTitle, children } = props;
  const summary = errorTitle === undefined ? { errors } : { errors, title: errorTitle };
  return (
    <Layout
      site={site}
      title={title}
      failed={errors.length > 0}
      place="organisation"
      about={{ organisation, place }}
    >
      <ErrorSummary site={site} {...summary} />
      {children}
    </Layout>
  );
}
