// The page Security, Allowed countries: from which countries and regions requests may come.
import { Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { PolicyOwnerPicker, usePolicyOwner } from "../accounts/policy-owner-picker.tsx";
import type { CountryRule } from "../../core/network/network-policy.ts";
import { askToConfirm } from "../shell/ask-to-confirm.tsx";
import { useMe } from "../shell/me.ts";
import { PageHeader } from "../shell/page-header.tsx";
import { QueryView } from "../shell/query-view.tsx";
import { AddressTestCard } from "./address-test-card.tsx";
import { CountryDatabaseCard } from "./country-database-card.tsx";
import { countCountryChanges, describeCountryChanges, toCountryDraft } from "./country-draft.ts";
import { CountryListCard } from "./country-list-card.tsx";
import { CountryProtectionCard, refusesOwn } from "./country-protection-card.tsx";
import { describeNewlyRefused, describeOwnRefusal } from "./country-save-words.ts";
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
  const { isOperator } = useMe();
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
        askBeforeRefusing({ from: replaced.value.country, draft, own, facts }, save)
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
        savedMode={editor.base.value.country.mode}
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
    const requests = evidence?.map((row) => [row.country, row.requests] as const);
    return {
      refusedAbove: new Set(above.map(({ country }) => country)),
      requests: requests === undefined ? null : new Map(requests),
    };
  }, [refused, evidence]);
}

type Asked = {
  /** What stands there now, and is replaced. */
  readonly from: CountryRule;
  readonly draft: CountryRule;
  readonly own: OwnPlace | null;
  readonly facts: CountryFacts;
};

/** A continent is denied with one press: who came from there lately is told before it is saved. */
function askBeforeRefusing({ from, draft, own, facts }: Asked, save: () => Promise<void>): void {
  const ofOwn = own !== null && refusesOwn(draft, own) ? describeOwnRefusal(own) : null;
  const ofOthers = describeNewlyRefused({ from, to: draft }, facts);
  if (ofOwn === null && ofOthers === null) {
    void save();
    return;
  }
  askToConfirm({
    title: ofOwn === null ? "Refuse those who came lately?" : "Refuse your own address?",
    changes: (
      <Stack gap="xs">
        {[ofOwn, ofOthers].map((said) =>
          said === null ? null : (
            <Text size="sm" key={said}>
              {said}
            </Text>
          ),
        )}
      </Stack>
    ),
    confirmLabel: ofOwn === null ? "Save" : "Save it anyway",
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
