// The page Security, Allowed countries: from which countries and regions requests may come.
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { PolicyOwnerPicker, usePolicyOwner } from "../accounts/policy-owner-picker.tsx";
import type { CountryRule } from "../../core/network/network-policy.ts";
import type { CountryTraffic } from "../../api/overview-api.ts";
import { askToConfirm } from "../shell/ask-to-confirm.tsx";
import { labelFor } from "../shell/go-back-choice.ts";
import { useMe } from "../shell/me.ts";
import { PageHeader } from "../shell/page-header.tsx";
import { QueryView } from "../shell/query-view.tsx";
import { AddressTestCard } from "./address-test-card.tsx";
import { CountryDatabaseCard } from "./country-database-card.tsx";
import { countCountryChanges, describeCountryChanges, toCountryDraft } from "./country-draft.ts";
import { CountryListCard } from "./country-list-card.tsx";
import { CountryProtectionCard } from "./country-protection-card.tsx";
import { newlyRefusesOwn } from "./country-own-words.ts";
import { describeNewlyRefused } from "./country-save-words.ts";
import type { CountryFacts } from "./country-view.ts";
import { EffectiveCountriesCard } from "./effective-countries-card.tsx";
import { effectivePolicyQuery } from "./effective-policy-query.ts";
import { rulesQuery } from "./network-rules-query.ts";
import type { RulesAnswer, RulesOf } from "./network-rules-query.ts";
import { RuleEvidenceCard } from "./rule-evidence-card.tsx";
import { ruleEvidenceQuery } from "./rule-evidence-query.ts";
import { RulesForm } from "./rules-form.tsx";
import { SpecialLocationsCard } from "./special-locations-card.tsx";
import { useOwnPlace } from "./use-own-place.ts";
import type { OwnPlace } from "./use-own-place.ts";
import { useRulesEditor } from "./use-rules-editor.ts";

const SECTIONS = ["country"] as const;

export function AllowedCountriesPage() {
  const owner = usePolicyOwner();
  const { account } = owner;
  const query = useQuery(rulesQuery({ account, sections: SECTIONS }));
  return (
    <>
      <PageHeader
        title="Allowed countries"
        sentence="From which countries and regions requests may come. The address decides."
      />
      <PolicyOwnerPicker owner={owner} platformLabel="Platform (every request)" />
      <QueryView query={query}>
        {(answer) => <Rules key={account ?? "*"} account={account} answer={answer} />}
      </QueryView>
    </>
  );
}

const FORM = {
  name: "allowed-countries",
  toDraft: (value: RulesOf<"country">): CountryRule => toCountryDraft(value.country),
  readDraft: (country: CountryRule): RulesOf<"country"> => ({ country }),
};

type RulesProps = { readonly account: string | null; readonly answer: RulesAnswer<"country"> };

function Rules({ account, answer }: RulesProps) {
  const { isOperator, memberships } = useMe();
  const isGuarded = account === null || memberships.some((member) => member.account === account);
  const editor = useRulesEditor({ account, sections: SECTIONS }, answer, FORM);
  const { draft } = editor;
  const replaced = editor.theirs ?? editor.base;
  const change = useDraftChange(draft, editor.setDraft);
  const own = useOwnPlace(account);
  const effective = useQuery({
    ...effectivePolicyQuery(account ?? ""),
    enabled: account !== null,
  }).data;
  const facts = useCountryFacts(account, effective?.countries);
  return (
    <RulesForm
      account={account}
      editor={editor}
      describeChanges={(from, to) => describeCountryChanges(from.country, to.country)}
      countChanges={(from, to) => countCountryChanges(from.country, to.country)}
      onSave={(save) =>
        askBeforeRefusing(
          {
            saved: replaced.value.country,
            draft,
            minutes: editor.goBack.minutes,
            guarded: isGuarded ? own : null,
            facts,
          },
          save,
        )
      }
      evidence={
        <>
          {account === null || effective === undefined ? null : (
            <EffectiveCountriesCard account={account} countries={effective.countries} />
          )}
          <AddressTestCard account={account} draft={editor.isDirty ? draft : null} />
          <RuleEvidenceCard
            account={account}
            rows={EVIDENCE}
            none="No request was refused for its country."
          />
          {isOperator ? <CountryDatabaseCard /> : <CountriesDate own={own} />}
        </>
      }
    >
      <CountryProtectionCard
        {...{ account, draft, own }}
        saved={editor.base.value.country}
        onChange={change}
      />
      <CountryListCard draft={draft} facts={facts} onChange={change} />
      <SpecialLocationsCard draft={draft} onChange={change} />
    </RulesForm>
  );
}

const EVIDENCE = [{ label: "Country not allowed", reason: "country-denied" }] as const;

/** One function for as long as the page is there, so that rows are not drawn anew for it. */
function useDraftChange(draft: CountryRule, setDraft: (draft: CountryRule) => void) {
  const latest = useRef({ draft, setDraft });
  useEffect(() => {
    latest.current = { draft, setDraft };
  });
  return useCallback((change: (before: CountryRule) => CountryRule) => {
    latest.current.setDraft(change(latest.current.draft));
  }, []);
}

function useCountryFacts(
  account: string | null,
  refused: readonly { readonly country: string; readonly refusedBy: string }[] | undefined,
): CountryFacts {
  const evidence = useQuery(ruleEvidenceQuery(account)).data?.countries;
  return useMemo(() => {
    const above = (refused ?? []).filter(({ refusedBy }) => refusedBy !== "account");
    const countBy = (count: (row: CountryTraffic) => number) =>
      evidence === undefined ? null : new Map(evidence.map((row) => [row.country, count(row)]));
    return {
      refusedAbove: new Set(above.map(({ country }) => country)),
      requests: countBy(({ requests }) => requests),
      letThrough: countBy(({ requests, refused: kept }) => requests - kept),
    };
  }, [refused, evidence]);
}

type Asked = {
  /** What stands there now, and is replaced. */
  readonly saved: CountryRule;
  readonly draft: CountryRule;
  readonly minutes: number | null;
  /** Null: not known, or the server does not ask about whoever saves these rules. */
  readonly guarded: OwnPlace | null;
  readonly facts: CountryFacts;
};

/** A continent is denied with one press: who came from there lately is told before it is saved. */
function askBeforeRefusing(asked: Asked, save: () => Promise<void>): void {
  const { saved, draft, minutes, guarded, facts } = asked;
  const isGuarded = guarded !== null && newlyRefusesOwn({ saved, draft }, guarded);
  // The server asks whoever would lock themselves out; twice would be once too often.
  const told = isGuarded ? null : describeNewlyRefused({ from: saved, to: draft, minutes }, facts);
  if (told === null) return void save();
  return askToConfirm({
    title: "Refuse those who came lately?",
    changes: told,
    confirmLabel: labelFor("Save", minutes),
    act: save,
  });
}

function CountriesDate({ own }: { readonly own: OwnPlace | null }) {
  if (own === null) return null;
  return (
    <Text size="sm" c="dimmed">
      {own.countriesOf === null
        ? "There is no country database: every location is unknown."
        : `Countries by the database of ${own.countriesOf}.`}
    </Text>
  );
}
