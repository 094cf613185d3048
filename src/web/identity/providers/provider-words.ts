// Providers as people read them: what a test of one found, what somebody changed.
import type { ProviderAnswer, ProviderTestAnswer } from "../../../api/provider-api.ts";
import type { SingleSignOnRules } from "../../../core/identity/identity-policy.ts";
import { countOf } from "../../accounts/user-words.ts";
import type { StatusTone } from "../../shell/status-tone.ts";
import type { RuleChange } from "../../shell/rule-change.ts";
import { movesIssuer } from "./provider-draft.ts";
import type { ProviderDraft } from "./provider-draft.ts";

type TestStep = ProviderTestAnswer["steps"][number];

export const STEP_WORDS: Readonly<Record<TestStep["step"], string>> = {
  settings: "Settings",
  metadata: "Metadata",
  keys: "Signing keys",
  authorization: "Sign-in page",
  secret: "Client ID and secret",
};

export const RESULT_WORDS: Readonly<
  Record<TestStep["result"], { readonly tone: StatusTone; readonly word: string }>
> = {
  passed: { tone: "good", word: "Passed" },
  warned: { tone: "warn", word: "Warning" },
  failed: { tone: "bad", word: "Failed" },
  "left-out": { tone: "quiet", word: "Left out" },
};

/** One sentence on all steps together. */
export function describeTest({ isGood, steps }: ProviderTestAnswer): string {
  const failed = steps.find(({ result }) => result === "failed");
  const warned = steps.filter(({ result }) => result === "warned");
  if (failed !== undefined) return `It does not work yet: see ${STEP_WORDS[failed.step]}.`;
  if (!isGood) return "It does not work yet.";
  if (warned.length > 0) return `It works, with ${countOf(warned.length, "warning")}.`;
  return "It works: people can be sent there and come back.";
}

/** Buttons of an account's own are on no page but that account's. */
export function signInPageOf({ account }: Pick<ProviderAnswer, "account">): string {
  return account === null ? "the sign-in page" : `the sign-in page of ${account}`;
}

/** To be said before they are shut out; nothing when there are none. */
function tellOnlyWayIn({ onlyWayIn }: ProviderAnswer): string {
  if (onlyWayIn === 0) return "";
  const users = countOf(onlyWayIn, "user has", "users have");
  const them = onlyWayIn === 1 ? "that user" : "them";
  return ` ${users} no other way in: mail ${them} a password link first.`;
}

/** What switching it on or off does, to whom. */
export function describeSwitch(provider: ProviderAnswer): string {
  const { isEnabled, connections, name } = provider;
  if (!isEnabled) {
    return (
      `“Continue with ${name}” appears on ${signInPageOf(provider)}, ` +
      "and users can connect their accounts in their settings."
    );
  }
  const people = countOf(connections, "user is", "users are");
  return (
    `“Continue with ${name}” goes from ${signInPageOf(provider)}, and every session that began ` +
    `with it ends now. ${people} connected with it, and stay so for when it is on again.` +
    tellOnlyWayIn(provider)
  );
}

export function describeRemoval(provider: ProviderAnswer): string {
  const { connections } = provider;
  const gone =
    connections === 0
      ? "Nobody is connected with it."
      : `${countOf(connections, "connection goes", "connections go")} with it, for good, and the ` +
        "sessions that began with it end.";
  return (
    `${gone} A provider that is added again under the same code knows nobody: everybody connects ` +
    `anew.${tellOnlyWayIn(provider)}`
  );
}

const ENDING =
  "Saving removes them and ends the sessions that began with them; these users connect anew.";

/**
 * What saving takes from users, where the provider's tokens come from elsewhere then: who is who is
 * known by issuer, and under another one the same name is perhaps somebody else. Null: nothing.
 */
export function describeLoss(draft: ProviderDraft, base: ProviderAnswer): string | null {
  if (base.connections === 0 || !movesIssuer(draft, base)) return null;
  const all = countOf(base.connections, "user is", "users are");
  const connected = `${all} connected.`;
  const ending = `${ENDING}${tellOnlyWayIn(base)}`;
  if (draft.kind !== "microsoft") {
    return `${connected} All of them are by the issuer that is saved now. ${ending}`;
  }
  if (draft.audience === "common") return null;
  const whose = draft.audience === "own" ? "people of other tenants" : "personal accounts";
  return `${connected} Some may be connections of ${whose}. ${ending}`;
}

export function describeRuleOf({ askSecondFactor }: SingleSignOnRules): string {
  return askSecondFactor.enabled ? "on" : "off";
}

export function describeSingleSignOnChanges(
  from: SingleSignOnRules,
  to: SingleSignOnRules,
): readonly RuleChange[] {
  const [before, after] = [describeRuleOf(from), describeRuleOf(to)];
  return before === after
    ? []
    : [{ title: "Second factor after single sign-on", from: before, to: after }];
}

type Fact = readonly [title: string, show: (provider: ProviderAnswer) => string];

const FACTS: readonly Fact[] = [
  ["Name", ({ name }) => name],
  ["Issuer", ({ issuer }) => issuer],
  ["Tenant", ({ tenant }) => tenant ?? "none"],
  ["Tenants let in", ({ tenants }) => listOf(tenants, "all")],
  ["Client ID", ({ clientId }) => clientId],
  ["Values of acr", ({ factorAcrs }) => listOf(factorAcrs, "none")],
  ["Hosts in a private network", ({ privateHosts }) => listOf(privateHosts, "none")],
  ["Sign out there too", ({ signsOut }) => (signsOut ? "on" : "off")],
  ["Provider", ({ isEnabled }) => (isEnabled ? "on" : "off")],
];

/** What differs between two versions; a secret that was entered anew is told as such. */
export function describeProviderChanges(
  from: ProviderAnswer,
  to: ProviderAnswer,
): readonly RuleChange[] {
  const changes = FACTS.map(([title, show]) => ({ title, from: show(from), to: show(to) })).filter(
    (change) => change.from !== change.to,
  );
  if (changes.length > 0) return changes;
  return [{ title: "Client secret", from: "the one before", to: "entered anew" }];
}

function listOf(texts: readonly string[], none: string): string {
  return texts.length === 0 ? none : texts.join(", ");
}
