import { DomainError } from "../../domain/errors.ts";

/** Thrown when a saved form is shown again after sign-in, so that nothing is written before the user sends it. */
export class FormRestored extends Error {}

/** Another site made the browser send this form. */
export class CrossSiteForm extends DomainError {
  constructor() {
    super("not-allowed");
  }
}
