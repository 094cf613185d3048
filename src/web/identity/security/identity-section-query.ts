// Reads and saves one section of the rules for sign-ins, of the platform or an account.
import { queryOptions } from "@tanstack/react-query";
import type { IdentityPolicy, IdentitySection } from "../../../core/identity/identity-policy.ts";
import type { IdentitySectionAnswer } from "../../../api/identity-policy-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { saveForMinutes } from "../../shell/lockout-dialog.tsx";

export type SectionValues = {
  readonly "user-authentication": IdentityPolicy["userAuthentication"];
  readonly "two-factor": IdentityPolicy["twoFactor"];
  readonly "single-sign-on": IdentityPolicy["singleSignOn"];
  readonly "log-out": IdentityPolicy["logOut"];
};

/** `section` decides what `value` is; the server holds its answers to their schema. */
export type SectionAnswer<Section extends IdentitySection> = Omit<
  IdentitySectionAnswer,
  "value" | "default"
> & {
  readonly value: SectionValues[Section];
  readonly default: SectionValues[Section];
};

export type SectionOwner<Section extends IdentitySection> = {
  readonly section: Section;
  /** An account's code; null: the platform. */
  readonly account: string | null;
};

function paramsOf({ section, account }: SectionOwner<IdentitySection>) {
  return { path: { section }, query: account === null ? {} : { account } };
}

export async function readSection<Section extends IdentitySection>(
  owner: SectionOwner<Section>,
): Promise<SectionAnswer<Section>> {
  const params = paramsOf(owner);
  const answer = await answerOf(api.GET("/api/v1/identity-policies/{section}", { params }));
  return answer as SectionAnswer<Section>;
}

export function sectionKey({ section, account }: SectionOwner<IdentitySection>) {
  return ["identity-policy", section, account] as const;
}

export function sectionQuery<Section extends IdentitySection>(owner: SectionOwner<Section>) {
  return queryOptions({ queryKey: sectionKey(owner), queryFn: () => readSection(owner) });
}

export type SectionSave = {
  readonly version: number;
  /** After which it goes back unless it is confirmed; null: it stays. */
  readonly minutes: number | null;
};

/** Refused with 412 when somebody saved after `version` was read. */
export async function saveSection<Section extends IdentitySection>(
  owner: SectionOwner<Section>,
  value: SectionValues[Section],
  { version, minutes }: SectionSave,
): Promise<SectionAnswer<Section>> {
  const body = { value, version };
  const { path, query } = paramsOf(owner);
  const answer = await saveForMinutes(minutes, (safety) => {
    const params = { path, query: { ...query, ...safety } };
    return answerOf(api.PUT("/api/v1/identity-policies/{section}", { params, body }));
  });
  return answer as SectionAnswer<Section>;
}
