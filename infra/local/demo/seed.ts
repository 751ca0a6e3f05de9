import { randomBytes, randomUUID } from "node:crypto";
import * as z from "zod/mini";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { CognitoIdentityProvider } from "../../../shared/cognito/identity-provider.ts";
import { newAccount, withFreeLoginName } from "../../../shared/domain/account.ts";
import { operatorOrganisationId } from "../../../shared/domain/organisation.ts";
import type { Person } from "../../../shared/domain/person.ts";
import type { Consequences } from "../../../shared/domain/ports/consequences.ts";
import type { PasswordClaim } from "../../../shared/domain/ports/passwords.ts";
import { registration } from "../../../shared/domain/registration.ts";
import { settingsSchema } from "../../../shared/domain/settings.ts";
import { fold } from "../../../shared/domain/fold.ts";
import { instant, plusDays, plusHours, plusMonths } from "../../../shared/domain/time.ts";
import type { User } from "../../../shared/domain/user.ts";
import { DynamoOrganisationRepository } from "../../../shared/dynamodb/organisation-repository.ts";
import { DynamoPasswordLinkRepository } from "../../../shared/dynamodb/password-link-repository.ts";
import { DynamoPasswordRepository } from "../../../shared/dynamodb/password-repository.ts";
import type { Tables } from "../../../shared/dynamodb/client.ts";
import { DynamoUserDirectory } from "../../../shared/dynamodb/user-directory.ts";
import { DynamoUserRepository } from "../../../shared/dynamodb/user-repository.ts";
import { secretHash } from "../../../shared/domain/secret-hash.ts";
import { compareWithHistory } from "../../../shared/operations/passwords/password-history.ts";
import {
  operatorColleagues,
  organisations,
  type DemoOrganisation,
  type DemoPerson,
  type Situation,
} from "./people.ts";

/** The emulators' addresses, and the names of their resources. */
export interface SeedEnvironment {
  readonly dynamodbUrl: string;
  readonly cognitoUrl: string;
  readonly region: string;
  readonly tableName: string;
  readonly auditTableName: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
}

export interface DemoAccount {
  readonly username: string;
  readonly password: string;
  readonly roles: readonly string[];
  readonly organisationId: string;
  readonly situation: Situation | null;
}

const origin = { actor: null, address: null, requestId: null };
const silently: Consequences = { mails: [], events: [] };
const daysOfLife = 340;

/**
 * Fills an empty installation with the demonstration (DESIGN §6): CIZ's people and care organisations with
 * users in every situation. It writes with the same repositories as the functions, with dates in the past.
 */
export async function seedDemo({ environment }: { environment: SeedEnvironment }): Promise<DemoAccount[]> {
  const seed = new Seed(environment, new Date());
  const accounts = [await seed.contractManager()];
  for (const colleague of operatorColleagues) {
    accounts.push(...(await seed.member(operatorOrganisationId, "ciz.example", colleague)));
  }
  for (const organisation of organisations) accounts.push(...(await seed.organisation(organisation)));
  return accounts;
}

class Seed {
  readonly #now: Date;
  readonly #tables: Tables;
  readonly #organisations: DynamoOrganisationRepository;
  readonly #users: DynamoUserRepository;
  readonly #links: DynamoPasswordLinkRepository;
  readonly #passwords: DynamoPasswordRepository;
  readonly #identityProvider: CognitoIdentityProvider;
  readonly #settings = z.parse(settingsSchema, {});

  constructor(environment: SeedEnvironment, now: Date) {
    const { region, dynamodbUrl, cognitoUrl, tableName, auditTableName, userPoolId, userPoolClientId } =
      environment;
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const dynamodb = new DynamoDBClient({ region, credentials, endpoint: dynamodbUrl });
    const client = DynamoDBDocumentClient.from(dynamodb, {
      marshallOptions: { removeUndefinedValues: true },
    });
    const cognito = new CognitoIdentityProviderClient({ region, credentials, endpoint: cognitoUrl });
    const tables = { client, tableName, auditTableName };
    this.#now = now;
    this.#tables = tables;
    this.#organisations = new DynamoOrganisationRepository(tables);
    this.#users = new DynamoUserRepository(tables);
    this.#links = new DynamoPasswordLinkRepository({ ...tables, settings: this.#settings });
    this.#passwords = new DynamoPasswordRepository(tables);
    this.#identityProvider = new CognitoIdentityProvider({ client: cognito, userPoolId, userPoolClientId });
  }

  /** Gives the contract manager that bootstrap made a password by a link, without the mail. */
  async contractManager(): Promise<DemoAccount> {
    const everyone = { search: null, status: "all", sort: "username" } as const;
    const [user] = await new DynamoUserDirectory(this.#tables).all(operatorOrganisationId, everyone);
    if (!user) throw new Error("bootstrap made no contract manager");
    const password = demoPassword(user);
    const { organisationId, username } = user;
    const reference = { organisationId, username, linkId: randomUUID() };
    const now = this.#now;
    const link = { user, linkId: reference.linkId };
    await this.#links.request({ username, address: "demonstration", now, link, consequences: silently });
    const hash = secretHash(randomBytes(32).toString("base64url"));
    await this.#links.mint(reference, hash, instant(now), plusHours(now, 1));
    const invited = await this.#users.find(organisationId, username);
    if (!invited) throw new Error("the contract manager is gone");
    await this.#setPassword({ user: invited, linkId: reference.linkId, at: instant(now) }, password);
    return { username, password, roles: user.roles, organisationId, situation: null };
  }

  async organisation({ domain, data, people }: DemoOrganisation): Promise<DemoAccount[]> {
    const [first, ...others] = people;
    if (!first) return [];
    const id = await this.#organisations.nextId();
    const { signedOn, ...fields } = data;
    const at = plusDays(this.#now, -daysOfLife);
    const accounts = await this.#store(id, domain, first, async (administrator) => {
      const entry = registration({
        id,
        data: {
          ...fields,
          displayName: data.displayName ?? data.name,
          emailDomains: [domain],
          contract: { signedOn, erai: false },
        },
        administrator,
        username: administrator.username,
        roles: administrator.roles,
        at,
        origin,
        newId: randomUUID,
      });
      await this.#organisations.register(entry.organisation, administrator, {
        ...entry.consequences,
        mails: [],
      });
    });
    for (const person of others) accounts.push(...(await this.member(id, domain, person)));
    return accounts;
  }

  async member(organisationId: string, domain: string, person: DemoPerson): Promise<DemoAccount[]> {
    return this.#store(organisationId, domain, person, (user) => this.#users.create(user, silently));
  }

  async #store(
    organisationId: string,
    domain: string,
    demo: DemoPerson,
    write: (user: User) => Promise<void>,
  ): Promise<DemoAccount[]> {
    const person = personOf(demo, domain);
    const user = await withFreeLoginName(person, this.#users, async (username) => {
      const account = this.#aged(person, demo, username, organisationId);
      await write(account);
      return account;
    });
    if (demo.invited) return [];
    const password = demoPassword(user);
    const { changedAt, expiresAt } = this.#passwordDates(demo);
    await this.#setPassword({ user, linkId: null, at: changedAt }, password, expiresAt);
    const situation = demo.situation ?? null;
    return [{ username: user.username, password, roles: user.roles, organisationId, situation }];
  }

  /** An account that was made and used in the past. */
  #aged(person: Person, demo: DemoPerson, username: string, organisationId: string): User {
    const createdAt = plusDays(this.#now, demo.invited ? -2 : -daysOfLife);
    const fresh = newAccount({ person, username, organisationId, roles: demo.roles ?? [], createdAt });
    if (demo.invited) return fresh;
    const { changedAt, expiresAt } = this.#passwordDates(demo);
    return {
      ...fresh,
      status: "active",
      mailStatus: demo.situation === "bounced" ? "bounced" : "ok",
      lastLoginAt: plusHours(plusDays(this.#now, -(demo.lastSignInDaysAgo ?? 1)), -1),
      passwordChangedAt: changedAt,
      passwordExpiresAt: expiresAt,
    };
  }

  #passwordDates({ situation, lastSignInDaysAgo = 1 }: DemoPerson): { changedAt: string; expiresAt: string } {
    const months = this.#settings.passwordMonths;
    const endsIn = (days: number) => {
      const expiresAt = plusDays(this.#now, days);
      return { changedAt: plusMonths(expiresAt, -months), expiresAt };
    };
    if (situation === "password-expired") return endsIn(-10);
    if (situation === "password-expires-soon") return endsIn(10);
    if (situation === "unused") return endsIn(-(lastSignInDaysAgo - 60));
    return endsIn(60);
  }

  async #setPassword(
    claim: PasswordClaim,
    password: string,
    expiresAt = plusMonths(claim.at, this.#settings.passwordMonths),
  ): Promise<void> {
    const { next } = await compareWithHistory(password, null, this.#settings.passwordHistory);
    await this.#passwords.claim(claim, claim.at);
    await this.#identityProvider.setPassword({ ...claim.user, passwordChangedAt: null }, password);
    await this.#passwords.recordAccepted({
      claim,
      expiresAt,
      history: next,
      keepSession: null,
      consequences: silently,
    });
  }
}

function personOf(demo: DemoPerson, domain: string): Person {
  const letters = (text: string) => fold(text).replaceAll(/[^a-z]/g, "");
  const email = `${letters(demo.firstName)}.${letters((demo.infix ?? "") + demo.lastName)}@${domain}`;
  return {
    initials: demo.initials,
    firstName: demo.firstName,
    infix: demo.infix ?? null,
    lastName: demo.lastName,
    email,
    phone: demo.phone ?? null,
    fax: null,
    memo: demo.memo ?? null,
  };
}

/** A password that is easy to type and passes every rule; these accounts exist on one machine only. */
function demoPassword(user: User): string {
  const number =
    10 + (Array.from(user.username).reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 90);
  return `Tulpenveld-${number}!`;
}
