// Puts together what managers do with OpenID providers.
import type {
  ChangedProviderAnswer,
  DeletedProviderAnswer,
  NewProviderBody,
  ProviderAnswer,
  ProviderListAnswer,
  ProviderPatch,
  ProviderTestAnswer,
} from "../../../api/provider-api.ts";
import type { OpenIdClients } from "../../../platform/oidc/open-id-clients.ts";
import type { Accounts, Principal } from "../../accounts/index.ts";
import type { IdentityParts } from "../identity-parts.ts";
import { deleteProvider } from "./delete-provider.ts";
import { describeProviders, providerIdOf } from "./describe-provider.ts";
import { changeProvider, createProvider } from "./edit-provider.ts";
import { redirectUriOf } from "./open-id-settings.ts";
import { findManagedProvider, findProviderOwner } from "./provider-owner.ts";
import { providerProblem } from "./provider-problem.ts";
import { listProviders, readProvider } from "./provider-store.ts";
import { testProvider } from "./test-provider.ts";

export type ProvidersParts = Pick<
  IdentityParts,
  "database" | "clock" | "keyRing" | "publicUrl" | "recordEvent"
> & {
  readonly accounts: Pick<Accounts, "findAccount">;
  readonly openIdClients: OpenIdClients;
  /** Resolves when this node goes by what is committed. */
  readonly followUserChanges: () => Promise<void>;
  /** Mails that were queued leave now. */
  readonly wakeMails: () => void;
};

/** `account`: the code of the account whose own they are; without it: the platform's. */
export type Providers = {
  readonly list: (principal: Principal, account: string | undefined) => Promise<ProviderListAnswer>;
  readonly read: (principal: Principal, id: string) => Promise<ProviderAnswer>;
  readonly create: (
    principal: Principal,
    account: string | undefined,
    body: NewProviderBody,
  ) => Promise<ProviderAnswer>;
  /** Holds when it returns, for open sessions too. */
  readonly change: (
    principal: Principal,
    id: string,
    patch: ProviderPatch,
  ) => Promise<ChangedProviderAnswer>;
  readonly delete: (principal: Principal, id: string) => Promise<DeletedProviderAnswer>;
  readonly test: (principal: Principal, id: string) => Promise<ProviderTestAnswer>;
};

export function createProviders(parts: ProvidersParts): Providers {
  const { accounts, publicUrl } = parts;
  const db = parts.database.kysely;

  async function describe(id: string): Promise<ProviderAnswer> {
    const stored = await readProvider(db, id);
    const [answer] = await describeProviders(db, publicUrl, stored === null ? [] : [stored]);
    // Deleted by somebody else in this very moment.
    if (answer === undefined) throw providerProblem("provider-not-found");
    return answer;
  }

  return {
    list: async (principal, code) => {
      const account = await findProviderOwner(accounts, principal, code);
      const stored = await listProviders(db, account?.id ?? "platform");
      const of = account === null ? "" : `?account=${account.code}`;
      return {
        providers: await describeProviders(db, publicUrl, stored),
        redirectUriPattern: redirectUriOf(publicUrl, providerIdOf(account?.code ?? null, "{code}")),
        signInUrl: `${publicUrl}/postern/sign-in${of}`,
      };
    },
    read: async (principal, id) => describe((await findManagedProvider(db, principal, id)).id),
    create: async (principal, code, body) => {
      const account = await findProviderOwner(accounts, principal, code);
      return describe(await createProvider(parts, principal, { account, body }));
    },
    change: async (principal, id, patch) => {
      const losses = await changeProvider(parts, principal, { id, patch });
      parts.wakeMails();
      await parts.followUserChanges();
      return { ...(await describe(id)), ...losses };
    },
    delete: async (principal, id) => {
      const losses = await deleteProvider(parts, principal, id);
      parts.wakeMails();
      await parts.followUserChanges();
      return losses;
    },
    test: async (principal, id) =>
      testProvider(parts, await findManagedProvider(db, principal, id)),
  };
}
