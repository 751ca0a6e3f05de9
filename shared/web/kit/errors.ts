import { DomainError } from "../../domain/errors.ts";

/** A form larger than any of ours can be. */
export class FormTooLarge extends DomainError {
  readonly code = "payload-too-large";
}

/** A body that is no form. */
export class FormUnreadable extends DomainError {
  readonly code = "unsupported-media-type";
}

/** A form is shown again to whoever had to sign in again; nothing is done with it before they send it. */
export class FormResumed extends DomainError {
  readonly code = "precondition-failed";
}

/** Another site made the browser send this form. */
export class CrossSiteForm extends DomainError {
  readonly code = "not-allowed";
}
