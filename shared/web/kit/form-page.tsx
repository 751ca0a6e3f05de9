import { ErrorSummary, type FormError } from "./form.tsx";
import { Layout, type LayoutProps } from "./layout.tsx";

/** The errors of a form that was refused; absent on a form that was not sent yet. */
export interface FailedForm {
  readonly errorTitle?: string | undefined;
  readonly errors?: readonly FormError[] | undefined;
}

/** The frame of a page with a form: the form's errors come first, and the page's title announces them. */
export function FormPage(props: Omit<LayoutProps, "failed"> & FailedForm) {
  const { errorTitle, errors = [], children, ...frame } = props;
  return (
    <Layout {...frame} failed={errors.length > 0}>
      <ErrorSummary site={frame.site} title={errorTitle} errors={errors} />
      {children}
    </Layout>
  );
}
