// One decision as it was made: why, whose request, the steps, and what would be decided now.
import { Divider, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { DecisionAnswer } from "../../api/journal-api.ts";
import { SURFACES } from "../../core/network/surface.ts";
import { CopyTextButton } from "../identity/two-factor/copy-text-button.tsx";
import { QueryView } from "../shell/query-view.tsx";
import { StatusMark } from "../shell/status-mark.tsx";
import { decisionQuery } from "./activity-queries.ts";
import { EventFacts } from "./event-facts.tsx";
import { NowPart } from "./now-part.tsx";
import { reasonName, reasonSentence } from "./reason-words.ts";
import { StepList } from "./step-list.tsx";

export function DecisionPart({ id }: { readonly id: string }) {
  const query = useQuery(decisionQuery(id));
  return <QueryView query={query}>{(decision) => <Decision decision={decision} />}</QueryView>;
}

function Decision({ decision }: { readonly decision: DecisionAnswer }) {
  const { id, reason, verdict, status, steps, account } = decision;
  const isMonitored = verdict === "monitor";
  const address = decision.address ?? exampleOf(decision);
  const surface = SURFACES.find((one) => one === decision.surface);
  return (
    <Stack gap="lg">
      <Stack gap={4}>
        <StatusMark tone={isMonitored ? "warn" : "bad"}>
          {isMonitored ? "Would be refused, and passed" : `Refused with ${status ?? "no answer"}`}
        </StatusMark>
        <Title order={3} fz={20}>
          {reasonName(reason ?? "")}
        </Title>
        <Text size="sm">{reasonSentence(reason ?? "")}</Text>
        <Group gap="sm" mt={4}>
          <Text size="sm" ff="monospace" className="postern-breakable">
            {id}
          </Text>
          <CopyTextButton text={id} label="Copy the id" />
        </Group>
      </Stack>
      <EventFacts event={decision} />
      <Divider />
      <Stack gap="sm">
        <Title order={3}>Steps, as they were then</Title>
        {decision.address === null && address !== null ? (
          <Text size="sm" c="dimmed">
            Requests of many addresses were put together; the steps are those of {address}.
          </Text>
        ) : null}
        <StepList label="Steps of the decision" steps={steps} />
      </Stack>
      {address === null || surface === undefined ? null : (
        <>
          <Divider />
          <NowPart question={{ address, surface, account }} from={`decision ${id}`} />
        </>
      )}
    </Stack>
  );
}

/** Of a flood that was put together: the address whose steps are kept. */
function exampleOf({ detail }: DecisionAnswer): string | null {
  const example = detail["stepsAreOf"];
  return typeof example === "string" ? example : null;
}
