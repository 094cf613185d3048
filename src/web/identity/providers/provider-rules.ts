// What the form of a new provider and that of one that is there have in common: checks and parts.
import type { FormRulesRecord } from "@mantine/form";
import type { ProviderAnswer } from "../../../api/provider-api.ts";
import type { ProblemForm } from "../../shell/problem-form.ts";
import { demandsSecret } from "./provider-draft.ts";
import type { ProviderDraft } from "./provider-draft.ts";
import {
  clientIdFault,
  codeFault,
  factorAcrsFault,
  issuerFault,
  privateHostsFault,
  providerNameFault,
  secretFault,
  tenantFault,
  tenantsFault,
} from "./provider-faults.ts";

export type ProviderForm = ProblemForm<ProviderDraft>["form"];

/** What every group of fields is given. */
export type ProviderFieldsProps = {
  readonly form: ProviderForm;
  /** What is saved; null: nothing yet. */
  readonly base: ProviderAnswer | null;
  /** Operators alone allow hosts in a private network. */
  readonly isOperator: boolean;
};

export function providerRules(given: {
  readonly base: ProviderAnswer | null;
  readonly takenCodes: readonly string[];
  readonly isOperator: boolean;
}): FormRulesRecord<ProviderDraft> {
  const { base, takenCodes, isOperator } = given;
  return {
    name: providerNameFault,
    code: (code: string) => (base === null ? codeFault(code, takenCodes) : null),
    issuer: (_text, draft) => issuerFault(draft, isOperator),
    tenant: (_text, draft) => tenantFault(draft),
    tenants: (_text, draft) => tenantsFault(draft),
    clientId: clientIdFault,
    clientSecret: (text, draft) => secretFault(text, base === null || demandsSecret(draft, base)),
    factorAcrs: (_text, draft) => factorAcrsFault(draft),
    privateHosts: (_text, draft) => privateHostsFault(draft),
  };
}
