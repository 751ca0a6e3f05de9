/** The budgets of DESIGN §7, for the tests and for `npm run bench`. */
export const budgets = {
  /**
   * Processor time of a whole cold start, as a multiple of an empty handler's (docs/adr/0004). Nobody waits for jobs and
   * mail, so theirs is not weighted by the function's memory.
   */
  coldStart: { request: 6, trigger: 4.5, background: 8 },
  cognitoCallsPerSignIn: 1,
  /** Our own processor time in a sign-in, as a share of one argon2id derivation's. */
  ownProcessorTime: 0.1,
  logBytesPerRequest: 1024,
  /** `firstCalls`: while a container does not know the organisation, whose entries take two pages (docs/adr/0010). */
  search: { calls: 3, firstCalls: 4, unitsPerUser: 0.05, timesSql: 1.5 },
  jobs: { unitsEachOf50: 0.1, unitsEachOf3000: 0.02, growth: 1.05 },
  /** Round trips to the tables by kind of request (every-route.ts), the caller check's one included. */
  roundTrips: {
    getHealth: 0,
    getOpenapi: 0,
    signIn: 4,
    "signIn, wrong password": 3,
    "signIn, unknown name": 3,
    "signIn, what can be no name": 3,
    "signIn, ended account": 3,
    refreshSession: 3,
    getMe: 1,
    endSession: 2,
    getPasswordPolicy: 0,
    requestPasswordLink: 3,
    "requestPasswordLink, unknown name": 3,
    "requestPasswordLink, what can be no name": 3,
    remindLoginName: 3,
    "remindLoginName, unknown address": 3,
    getPasswordLink: 2,
    redeemPasswordLink: 5,
    changePassword: 7,
    listProfiles: 1,
    listUsers: 2,
    "listUsers, searching": 2,
    "listUsers, as a file": 3,
    createUser: 3,
    getUser: 2,
    editUser: 3,
    deleteUser: 3,
    orderPasswordLink: 3,
    listUpcoming: 2,
    "importUsers, three": 10,
    "importUsers, three, dry run": 4,
    listAuditEvents: 3,
    getOrganisation: 1,
    listOrganisations: 4,
    changeOrganisation: 4,
    registerOrganisation: 4,
    listAdministrators: 5,
    setRoles: 3,
    recordIncident: 3,
    listIncidents: 4,
    listContacts: 3,
    logContact: 3,
    closeAccess: 4,
    listClosures: 4,
    getClosingLetter: 3,
    reopenAccess: 4,
  } as Readonly<Record<string, number>>,
  /** Round trips of a page, with the session check and the audit event of CIZ's access to personal data. */
  roundTripsOfPage: 8,
} as const;

/** How many round trips to the tables a kind of request may make; none that is unknown may make any. */
export const roundTripsOf = (request: string): number =>
  request.startsWith("page ") ? budgets.roundTripsOfPage : (budgets.roundTrips[request] ?? -1);
