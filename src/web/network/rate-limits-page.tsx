// The page Security, Rate limits: how often one address may ask, on each surface and at all.
import { Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { PolicyOwnerPicker, usePolicyOwner } from "../accounts/policy-owner-picker.tsx";
import { LIMITED_SURFACES } from "../../core/network/network-policy.ts";
import type { LimitedSurface } from "../../core/network/network-policy.ts";
import { PageHeader } from "../shell/page-header.tsx";
import { QueryView } from "../shell/query-view.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { SURFACE_NAMES } from "../journal/surface-words.ts";
import { HardLimitCard } from "./hard-limit-card.tsx";
import { HitCounterCard } from "./hit-counter-card.tsx";
import { LimitFields } from "./limit-fields.tsx";
import { limitFaults, readLimitDraft } from "./limit-draft.ts";
import { describeHardLimitBind, describeLimit } from "./limit-words.ts";
import { rulesQuery } from "./network-rules-query.ts";
import type { RulesAnswer } from "./network-rules-query.ts";
import { RuleEvidenceCard } from "./rule-evidence-card.tsx";
import {
  ACCOUNT_LIMIT_SECTIONS,
  describeRateLimitsChanges,
  PLATFORM_LIMIT_SECTIONS,
  readRateLimitsDraft,
  toRateLimitsDraft,
} from "./rate-limits-draft.ts";
import type { LimitRules, RateLimitsDraft } from "./rate-limits-draft.ts";
import { RulesForm } from "./rules-form.tsx";
import { useRulesEditor } from "./use-rules-editor.ts";

type Sections = "rate-limits" | "hard-limit";

export function RateLimitsPage() {
  const owner = usePolicyOwner();
  const { account } = owner;
  const sections: readonly Sections[] =
    account === null ? PLATFORM_LIMIT_SECTIONS : ACCOUNT_LIMIT_SECTIONS;
  const query = useQuery(rulesQuery({ account, sections }));
  return (
    <>
      <PageHeader
        title="Rate limits"
        sentence="How many requests one address may make in so many seconds before it is banned."
      />
      <PolicyOwnerPicker owner={owner} platformLabel="Platform (account not known)" />
      <QueryView query={query}>
        {(answer) => (
          <Rules key={account ?? "*"} account={account} sections={sections} answer={answer} />
        )}
      </QueryView>
    </>
  );
}

const FORM = {
  name: "rate-limits",
  toDraft: (rules: LimitRules): RateLimitsDraft => toRateLimitsDraft(rules),
  // An account's rules have no hard limit, and neither has its draft.
  readDraft: (draft: RateLimitsDraft) =>
    readRateLimitsDraft(draft) as RulesAnswer<Sections>["value"] | null,
};

const EVIDENCE = [
  { label: "Rate limits", reason: "over-rate-limit", cause: "rate-limit" },
  { label: "Hard limit", reason: "over-hard-limit", cause: "hard-limit", layer: "platform" },
] as const;

type RulesProps = {
  readonly account: string | null;
  readonly sections: readonly Sections[];
  readonly answer: RulesAnswer<Sections>;
};

function Rules({ account, sections, answer }: RulesProps) {
  const editor = useRulesEditor({ account, sections }, answer, FORM);
  const { draft, setDraft } = editor;
  return (
    <RulesForm
      account={account}
      editor={editor}
      describeChanges={describeRateLimitsChanges}
      forWhom={describeReach(account)}
      evidence={
        <>
          <RuleEvidenceCard
            account={account}
            rows={EVIDENCE}
            none="No address came over a limit."
          />
          <HitCounterCard account={account} />
        </>
      }
    >
      {LIMITED_SURFACES.map((surface) => (
        <SurfaceCard key={surface} {...{ surface, account, draft }} onChange={setDraft} />
      ))}
      <HardLimitCard
        exemptAllowEntries={draft.exemptAllowEntries}
        onChange={(exemptAllowEntries) => setDraft({ ...draft, exemptAllowEntries })}
      />
    </RulesForm>
  );
}

function describeReach(account: string | null): string {
  return account === null
    ? "These limits hold where the account of a request is not known: requests of an account are " +
        "held to that account's limits instead. The hard limit holds for every request."
    : `Requests of ${account} are held to these limits, and to the platform's hard limit.`;
}

const SENTENCES: Readonly<Record<LimitedSurface, string>> = {
  audio:
    "Recordings. Plays count: going on with one or jumping in it, link previews and HEAD " +
    "requests do not count again.",
  portal: "Pages of the portal. One page makes dozens of requests, so leave room.",
  api: "Programs that call the portal's API.",
};

type SurfaceCardProps = {
  readonly surface: LimitedSurface;
  readonly account: string | null;
  readonly draft: RateLimitsDraft;
  readonly onChange: (draft: RateLimitsDraft) => void;
};

function SurfaceCard({ surface, account, draft, onChange }: SurfaceCardProps) {
  const limit = draft.limits[surface];
  const read = readLimitDraft(limit);
  const bind = read === null ? null : describeHardLimitBind(read);
  return (
    <SettingCard title={SURFACE_NAMES[surface]} sentence={SENTENCES[surface]}>
      <LimitFields
        surface={surface}
        draft={limit}
        faults={limitFaults(limit)}
        onChange={(next) => onChange({ ...draft, limits: { ...draft.limits, [surface]: next } })}
      />
      <Stack gap={4} role="status">
        <Text size="sm">{read === null ? "" : describeLimit(surface, read, account)}</Text>
        {bind === null ? null : <Text size="sm">{bind}</Text>}
      </Stack>
    </SettingCard>
  );
}
