// The API's routes for the rules of sign-ins.
import {
  IdentityChangeQuerySchema,
  IdentityOwnerQuerySchema,
  IdentitySectionAnswerSchema,
  IdentitySectionBodySchema,
  IdentitySectionParamsSchema,
} from "../../../api/identity-policy-api.ts";
import type { IdentitySectionAnswer } from "../../../api/identity-policy-api.ts";
import { problemResponses } from "../../../api/problem-api.ts";
import type { Account } from "../../../core/accounts/account.ts";
import { canReach } from "../../../core/accounts/reach.ts";
import type { IdentitySection } from "../../../core/identity/identity-policy.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import { accountsProblem, reachOf } from "../../accounts/index.ts";
import type { Accounts, Principal } from "../../accounts/index.ts";
import { checkSectionValue, editIdentityPolicy } from "./edit-identity-policy.ts";
import type { EditIdentityPolicyParts } from "./edit-identity-policy.ts";
import { defaultOfSection, readIdentitySection } from "./identity-policy-store.ts";
import type { StoredIdentitySection } from "./identity-policy-store.ts";
import { countRuledUsers } from "./select-ruled-users.ts";

export type IdentityPolicyRouteParts = EditIdentityPolicyParts & {
  readonly accounts: Pick<Accounts, "requireManager" | "principalOf" | "findAccount">;
};

const PATH = "/api/v1/identity-policies/:section";
const tags = ["identity-policies"];
const ACCOUNT_DETAIL = "`account` is the code of an account whose rules you may see.";
const PLATFORM_DETAIL =
  "The platform's own rules are for its operators; name your account with ?account=code.";

export function registerIdentityPolicyRoutes(
  app: FastifyApp,
  parts: IdentityPolicyRouteParts,
): void {
  const { accounts } = parts;
  app.get(
    PATH,
    {
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags,
        summary: "Read the platform's or an account's rules of sign-ins",
        params: IdentitySectionParamsSchema,
        querystring: IdentityOwnerQuerySchema,
        response: { 200: IdentitySectionAnswerSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const { section } = request.params;
      const account = await findOwner(parts, accounts.principalOf(request), request.query.account);
      const owner = account?.id ?? "platform";
      const stored = await readIdentitySection(parts.database.kysely, owner, section);
      return answer(parts, { section, account }, stored);
    },
  );

  app.put(
    PATH,
    {
      onRequest: accounts.requireManager("policy:write"),
      // What does not fit the union of all sections is told by the section that was meant.
      attachValidation: true,
      schema: {
        tags,
        summary: "Set one section as a whole; it holds at once, for open sessions too",
        params: IdentitySectionParamsSchema,
        querystring: IdentityChangeQuerySchema,
        body: IdentitySectionBodySchema,
        response: {
          200: IdentitySectionAnswerSchema,
          ...problemResponses(400, 401, 403, 404, 409, 412),
        },
      },
    },
    async (request) => {
      const { validationError } = request;
      if (validationError !== undefined) {
        if (validationError.validationContext === "body") explainBody(request);
        throw validationError;
      }
      const { section } = request.params;
      const principal = accounts.principalOf(request);
      const account = await findOwner(parts, principal, request.query.account);
      const { value, version = null } = request.body;
      const made = { principal, request: request.raw, safety: request.query };
      const context = parts.changes.contextOf(made);
      const edit = { account, section, value, version, context };
      const stored = await editIdentityPolicy(parts, edit);
      return answer(parts, { section, account }, stored);
    },
  );
}

function explainBody(request: {
  readonly params: { readonly section: IdentitySection };
  readonly body: unknown;
}): void {
  const { body } = request;
  if (typeof body !== "object" || body === null || !("value" in body)) return;
  checkSectionValue(request.params.section, body.value);
}

/** To an admin, another account is not there: codes of other customers are not theirs to know. */
async function findOwner(
  { accounts }: IdentityPolicyRouteParts,
  principal: Principal,
  code: string | undefined,
): Promise<Account | null> {
  const reach = reachOf(principal);
  if (code === undefined) {
    if (reach.kind !== "platform")
      throw accountsProblem("operator-required", { detail: PLATFORM_DETAIL });
    return null;
  }
  const account = await accounts.findAccount(code);
  if (account === null || !canReach(reach, account.id)) {
    throw accountsProblem("account-not-found", { detail: ACCOUNT_DETAIL });
  }
  return account;
}

async function answer(
  { database }: IdentityPolicyRouteParts,
  asked: { readonly section: IdentitySection; readonly account: Account | null },
  stored: StoredIdentitySection,
): Promise<IdentitySectionAnswer> {
  const { section, account } = asked;
  const { changedAtMs } = stored;
  return {
    section,
    account: account?.code ?? null,
    value: stored.value,
    default: defaultOfSection(section),
    version: stored.version,
    changedAt: changedAtMs === null ? null : new Date(changedAtMs).toISOString(),
    changedBy: stored.changedBy,
    users: await countRuledUsers(database.kysely, account?.id ?? "platform"),
  };
}
