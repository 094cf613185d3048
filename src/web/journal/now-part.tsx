// What the gate would decide this moment, what would have to change, and the changes by one click.
import { Button, Group, List, Stack, Text, Title } from "@mantine/core";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answerOf, api } from "../api/api.ts";
import { FactList } from "../accounts/fact-list.tsx";
import { describeCountry } from "../identity/describe-country.ts";
import { askToConfirm } from "../shell/ask-to-confirm.tsx";
import { ButtonLink } from "../shell/page-links.tsx";
import { QueryView } from "../shell/query-view.tsx";
import { StatusMark } from "../shell/status-mark.tsx";
import { explanationQuery, refreshGate } from "./activity-queries.ts";
import type { ExplainQuestion } from "./activity-queries.ts";
import { AllowAddressForm } from "./allow-address-form.tsx";
import { reasonName, reasonSentence } from "./reason-words.ts";
import { describeRemedy, hasRemedy, remedyPage } from "./remedy-words.ts";
import { StepList } from "./step-list.tsx";
import { surfaceName } from "./surface-words.ts";

export type NowPartProps = {
  readonly question: ExplainQuestion;
  /** What led here, for the note of an entry: "decision abc…"; null: nothing did. */
  readonly from: string | null;
  /** Where no other steps are shown. */
  readonly hasSteps?: boolean;
};

type Explanation = Awaited<ReturnType<NonNullable<ReturnType<typeof explanationQuery>["queryFn"]>>>;

export function NowPart({ question, from, hasSteps = false }: NowPartProps) {
  const query = useQuery({ ...explanationQuery(question), placeholderData: keepPreviousData });
  return (
    <Stack gap="sm" component="section" aria-label="Now">
      <Title order={3}>{hasSteps ? `${question.address} now` : "The same request now"}</Title>
      <QueryView query={query}>
        {(explanation) => (
          <Stack gap="md" style={{ opacity: query.isPlaceholderData ? 0.55 : 1 }}>
            <Answer explanation={explanation} />
            <Remedies explanation={explanation} question={question} from={from} />
            {hasSteps ? <Details explanation={explanation} /> : null}
          </Stack>
        )}
      </QueryView>
    </Stack>
  );
}

function Answer({ explanation }: { readonly explanation: Explanation }) {
  const { verdict, reason, status, monitored } = explanation;
  if (verdict === "refuse") {
    return (
      <div role="status">
        <StatusMark tone="bad">{`Would be refused with ${status}`}</StatusMark>
        <Text size="sm" mt={4}>
          {reasonSentence(reason) ?? reasonName(reason)}
        </Text>
      </div>
    );
  }
  return (
    <div role="status">
      <StatusMark tone={monitored === null ? "good" : "warn"}>Would pass</StatusMark>
      <Text size="sm" mt={4}>
        {monitored === null
          ? reasonSentence(reason)
          : `Only because a rule is on monitor: ${reasonName(monitored)}.`}
      </Text>
    </div>
  );
}

type RemediesProps = Pick<NowPartProps, "question" | "from"> & {
  readonly explanation: Explanation;
};

function Remedies({ explanation, question, from }: RemediesProps) {
  const { wouldPassIf: remedies } = explanation;
  const [isAllowing, setAllowing] = useState(false);
  if (remedies.length === 0) return null;
  const ban = remedies.find(({ code }) => code === "release-ban");
  const banId = ban?.["banId"];
  return (
    <Stack gap="sm">
      <div>
        <Text size="sm" fw={600}>
          It would pass if
        </Text>
        <List size="sm" spacing={2}>
          {remedies.map((remedy) => {
            const words = describeRemedy(remedy, entryOf(explanation));
            return <List.Item key={words}>{words}.</List.Item>;
          })}
        </List>
      </div>
      <Group gap="sm">
        {typeof banId === "number" && banId > 0 ? (
          <ReleaseButton banId={banId} address={question.address} />
        ) : null}
        {hasRemedy(remedies, "allow-address") && !isAllowing ? (
          <Button variant="default" onClick={() => setAllowing(true)}>
            Allow this address…
          </Button>
        ) : null}
        {remedies.map((remedy) => {
          const page = remedyPage(remedy);
          if (page === null) return null;
          const search = question.account === null ? {} : { account: question.account };
          return (
            <ButtonLink key={page.to} to={page.to} search={search as never} variant="default">
              {page.label}
            </ButtonLink>
          );
        })}
      </Group>
      {isAllowing ? (
        <AllowAddressForm
          address={question.address}
          account={question.account}
          steps={explanation.steps}
          from={from}
          onDone={() => setAllowing(false)}
        />
      ) : null}
    </Stack>
  );
}

function entryOf({ steps }: Explanation): string | null {
  const entry = steps.findLast(({ result }) => result === "matched")?.detail?.["entry"];
  return typeof entry === "string" ? entry : null;
}

type ReleaseButtonProps = { readonly banId: number; readonly address: string };

function ReleaseButton({ banId, address }: ReleaseButtonProps) {
  const client = useQueryClient();
  function ask(): void {
    askToConfirm({
      title: "Release this ban?",
      changes:
        `Requests from ${address} are looked at by the other rules again from the next one on, ` +
        "and what was counted of it begins anew.",
      confirmLabel: "Release the ban",
      isDangerous: false,
      act: async () => {
        const params = { path: { id: banId } };
        await answerOf(api.POST("/api/v1/bans/{id}/release", { params }));
        await refreshGate(client);
      },
      done: `The ban of ${address} was released.`,
    });
  }
  return <Button onClick={ask}>Release the ban</Button>;
}

function Details({ explanation }: { readonly explanation: Explanation }) {
  const { country, network, countryDatabaseDate, steps, surface } = explanation;
  return (
    <>
      <FactList
        facts={[
          { name: "Country", value: describeCountry(country) },
          { name: "Network", value: network },
          ...(countryDatabaseDate === null
            ? []
            : [{ name: "Country data of", value: countryDatabaseDate }]),
        ]}
      />
      <StepList label={`Steps on ${surfaceName(surface)}`} steps={steps} />
    </>
  );
}
