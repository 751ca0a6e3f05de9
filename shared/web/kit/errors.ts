import { DomainError } from "../../domain/errors.ts";

/** The form is only shown again after signing in anew; nothing is done before the user sends it. */
export class FormRestored extends Error {}

/** Another site made the browser send this form. */
export class CrossSiteForm extends DomainError {
  constructor() {
    super("not-allowed");
  }
}
