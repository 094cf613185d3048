// The page Security, Anti-hacking: addresses that fail too often or ask too much are banned.
import { useQuery } from "@tanstack/react-query";
import { PolicyOwnerPicker, usePolicyOwner } from "../accounts/policy-owner-picker.tsx";
import { useMe } from "../shell/me.ts";
import { PageHeader } from "../shell/page-header.tsx";
import { QueryView } from "../shell/query-view.tsx";
import { AuthenticationCard, WebchatCard } from "./anti-hacking-cards.tsx";
import {
  ANTI_HACKING_SECTIONS,
  describeAntiHackingChanges,
  readAntiHacking,
  toAntiHackingDraft,
} from "./anti-hacking-draft.ts";
import type {
  AntiHackingDraft,
  AntiHackingRules,
  AntiHackingSection,
} from "./anti-hacking-draft.ts";
import { AntiHackingSummary } from "./anti-hacking-summary.tsx";
import { BlacklistIntervalCard } from "./blacklist-interval-card.tsx";
import { HitCounterCard } from "./hit-counter-card.tsx";
import { rulesQuery } from "./network-rules-query.ts";
import type { RulesAnswer } from "./network-rules-query.ts";
import { RuleEvidenceCard } from "./rule-evidence-card.tsx";
import { RulesForm } from "./rules-form.tsx";
import { useRulesEditor } from "./use-rules-editor.ts";

const OWNER = { account: null, sections: ANTI_HACKING_SECTIONS };

export function AntiHackingPage() {
  const { isOperator } = useMe();
  return (
    <>
      <PageHeader
        title="Anti-hacking"
        sentence={
          "Addresses that fail to authenticate too often, or ask too much, go in the blacklist " +
          "for a while by themselves."
        }
      />
      {isOperator ? <PlatformRules /> : <AccountView />}
    </>
  );
}

function PlatformRules() {
  const query = useQuery(rulesQuery(OWNER));
  return <QueryView query={query}>{(answer) => <Rules answer={answer} />}</QueryView>;
}

const FORM = {
  name: "anti-hacking",
  toDraft: toAntiHackingDraft,
  readDraft: (draft: AntiHackingDraft, saved: AntiHackingRules) =>
    readAntiHacking(draft, saved).rules,
};

const EVIDENCE = [
  { label: "Failed authentication", cause: "failed-authentication" },
  { label: "Web chat requests", reason: "over-webchat-limit", cause: "webchat-requests" },
  { label: "Refused while banned", reason: "banned" },
] as const;

function Rules({ answer }: { readonly answer: RulesAnswer<AntiHackingSection> }) {
  const editor = useRulesEditor(OWNER, answer, FORM);
  const { draft, base, setDraft } = editor;
  const read = readAntiHacking(draft, base.value);
  return (
    <RulesForm
      account={null}
      editor={editor}
      describeChanges={describeAntiHackingChanges}
      evidence={
        <>
          <RuleEvidenceCard account={null} rows={EVIDENCE} none="Nobody was banned or refused." />
          <HitCounterCard account={null} />
        </>
      }
    >
      <AuthenticationCard draft={draft} read={read} onChange={setDraft} />
      <WebchatCard draft={draft} read={read} onChange={setDraft} />
      <BlacklistIntervalCard draft={draft} read={read} onChange={setDraft} />
    </RulesForm>
  );
}

/** The rules are the platform's; an admin sees which hold for their account, and its counters. */
function AccountView() {
  const owner = usePolicyOwner();
  const { account } = owner;
  return (
    <>
      <PolicyOwnerPicker owner={owner} />
      {account === null ? null : <AntiHackingSummary key={account} account={account} />}
    </>
  );
}
