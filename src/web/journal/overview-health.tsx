// Whether Postern itself is well, in a line; what is not, in sentences that say what to do.
import { Alert, List } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { HealthAnswer } from "../../api/health-api.ts";
import { answerOf, api } from "../api/api.ts";
import { asApiProblem } from "../api/api-problem.ts";
import { StatusMark } from "../shell/status-mark.tsx";
import { WarningIcon } from "../shell/icons.tsx";
import { useMe } from "../shell/me.ts";

const ASK_EVERY_MS = 15_000;

const HEALTH_QUERY = {
  queryKey: ["health"],
  queryFn: (): Promise<HealthAnswer> => answerOf(api.GET("/api/v1/health")),
  refetchInterval: ASK_EVERY_MS,
} as const;

/** For operators: nobody else can do anything about it. */
function useHealth() {
  const { isOperator } = useMe();
  return useQuery({ ...HEALTH_QUERY, enabled: isOperator });
}

/** Beside other things: that all is well, and nothing otherwise. */
export function HealthMark() {
  const { data } = useHealth();
  if (data === undefined || data.status !== "ok") return null;
  const nodes = data.nodes.length;
  return (
    <StatusMark tone="good">
      {nodes > 1 ? `Everything works on all ${nodes} nodes` : "Everything works"}
    </StatusMark>
  );
}

export function HealthAlert() {
  const { data, error } = useHealth();
  if (data === undefined) {
    if (error === null) return null;
    return (
      <Alert color="red" variant="light" icon={<WarningIcon />} title="Health is not known">
        {asApiProblem(error).message}
      </Alert>
    );
  }
  if (data.status === "ok") return null;
  const isFailing = data.status === "failing";
  return (
    <Alert
      color={isFailing ? "red" : "yellow"}
      variant="light"
      icon={<WarningIcon />}
      title={isFailing ? "Something has failed" : "Something needs attention"}
    >
      <List size="sm" spacing={4}>
        {data.checks
          .filter(({ state }) => state !== "ok")
          .map(({ name, summary }) => (
            <List.Item key={name}>{summary}</List.Item>
          ))}
      </List>
    </Alert>
  );
}
