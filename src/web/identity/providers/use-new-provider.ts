// The form of a provider that is to be added; saved, it leads to the provider's own page.
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ProviderAnswer } from "../../../api/provider-api.ts";
import { useMe } from "../../shell/me.ts";
import { useProblemForm } from "../../shell/problem-form.ts";
import type { ProblemForm } from "../../shell/problem-form.ts";
import { showDone } from "../../shell/show-toast.ts";
import { useUnsavedGuard } from "../../shell/unsaved-guard.tsx";
import { useUrlFilter } from "../../shell/url-filter.ts";
import { readKind } from "./kind-words.ts";
import { newDraft, newProviderBody } from "./provider-draft.ts";
import type { ProviderDraft } from "./provider-draft.ts";
import { providerRules } from "./provider-rules.ts";
import { addProvider, showProvider } from "./provider-queries.ts";

/** @param account its code; null: the platform */
export function useNewProvider(
  account: string | null,
  takenCodes: readonly string[],
): ProblemForm<ProviderDraft> {
  const { isOperator } = useMe();
  const [wantedKind] = useUrlFilter("kind");
  const client = useQueryClient();
  const navigate = useNavigate();
  const kit = useProblemForm<ProviderDraft, ProviderAnswer>({
    draft: `new-provider:${account ?? "*"}`,
    initialValues: newDraft(readKind(wantedKind), takenCodes),
    secretFields: ["clientSecret"],
    validate: providerRules({ base: null, takenCodes, isOperator }),
    send: (draft) => addProvider(account, newProviderBody(draft)),
    onSaved: async (provider) => {
      showDone(`${provider.name} was added. Test it, then switch it on.`);
      await navigate({ to: "/security/single-sign-on/$id", params: { id: provider.id } });
      await showProvider(client, provider);
    },
  });
  useUnsavedGuard(kit.form.isDirty() && !kit.isSending);
  return kit;
}
