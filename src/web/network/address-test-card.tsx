// The test box: an address is typed, and its country, network and decision are told.
import { Button, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Location } from "../../core/network/iso-3166.ts";
import type { CountryRule } from "../../core/network/network-policy.ts";
import { FactList } from "../accounts/fact-list.tsx";
import { asApiProblem } from "../api/api-problem.ts";
import { ExplainDrawer } from "../journal/explain-drawer.tsx";
import { reasonName } from "../journal/reason-words.ts";
import { SettingCard } from "../shell/setting-card.tsx";
import { StatusMark } from "../shell/status-mark.tsx";
import { AskAddress } from "./ask-address.tsx";
import { addressTestQuery } from "./address-test-query.ts";
import { actionOf } from "./country-draft.ts";
import { nameOfPlace } from "./name-of-place.ts";

export type AddressTestCardProps = {
  readonly account: string | null;
  /** Where something was changed that is not saved: what it would do to the country. */
  readonly draft: CountryRule | null;
};

export function AddressTestCard({ account, draft }: AddressTestCardProps) {
  const [asked, setAsked] = useState<string | null>(null);
  const [isExplained, setExplained] = useState(false);
  const query = useQuery({
    ...addressTestQuery(asked ?? "", account),
    enabled: asked !== null,
  });

  function ask(address: string | null): void {
    if (address !== null && address === asked) void query.refetch();
    else setAsked(address);
  }

  const problem = asked !== null && query.isError ? asApiProblem(query.error) : null;
  return (
    <SettingCard title="Test an address" sentence="What the rules that are saved do with it.">
      <AskAddress
        label="Address to test"
        action="Test"
        isAsking={query.isFetching}
        problem={problem?.message}
        onAsk={ask}
      />
      <div role="status" className="postern-form-problem">
        {asked === null || query.data === undefined || problem !== null ? null : (
          <Stack gap="sm">
            <Verdict {...query.data} />
            <FactList
              facts={[
                { name: "Address", value: query.data.address },
                { name: "Country", value: nameOfPlace(query.data.country) },
                { name: "Network", value: query.data.network },
                { name: "Country data of", value: query.data.countryDatabaseDate ?? "no database" },
              ]}
            />
            <DraftVerdict country={query.data.country} draft={draft} />
            <Button size="xs" variant="default" onClick={() => setExplained(true)}>
              Show each step
            </Button>
          </Stack>
        )}
      </div>
      <ExplainDrawer
        subject={
          isExplained && asked !== null ? { kind: "address", address: asked, account } : null
        }
        onClose={() => setExplained(false)}
      />
    </SettingCard>
  );
}

type VerdictProps = {
  readonly verdict: "pass" | "refuse";
  readonly status: number;
  readonly reason: string;
  readonly monitored: string | null;
};

function Verdict({ verdict, status, reason, monitored }: VerdictProps) {
  if (verdict === "refuse") {
    return (
      <div>
        <StatusMark tone="bad">{`Refused with ${status}`}</StatusMark>
        <Text size="sm">{reasonName(reason)}.</Text>
      </div>
    );
  }
  return (
    <div>
      <StatusMark tone="good">Passes</StatusMark>
      <Text size="sm">
        {monitored === null
          ? `${reasonName(reason)}.`
          : `Recorded only, as the rule is on monitor: ${reasonName(monitored)}.`}
      </Text>
    </div>
  );
}

type DraftVerdictProps = { readonly country: string; readonly draft: CountryRule | null };

function DraftVerdict({ country, draft }: DraftVerdictProps) {
  if (draft === null) return null;
  const isDenied = draft.mode !== "off" && actionOf(draft, country as Location) === "deny";
  const what = isDenied
    ? draft.mode === "enforce"
      ? "refuses this country"
      : "records this country as denied"
    : "lets this country pass";
  return <Text size="sm">What you have not saved yet {what}.</Text>;
}
