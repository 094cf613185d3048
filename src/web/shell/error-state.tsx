// What stands where data would be when it could not be had: the server's reason, and a retry.
import { Alert, Button, Stack, Text } from "@mantine/core";
import { asApiProblem } from "../api/api-problem.ts";
import { InfoIcon, WarningIcon } from "./icons.tsx";

export type ErrorStateProps = {
  readonly error: unknown;
  /** Without it there is no point in trying again. */
  readonly onRetry?: () => void;
};

export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const problem = asApiProblem(error);
  const isNotThere = problem.status === 404;
  return (
    <Alert
      color={isNotThere ? "harbour" : "red"}
      variant="light"
      icon={isNotThere ? <InfoIcon /> : <WarningIcon />}
      title={isNotThere ? "This is not there" : "This could not be loaded"}
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm" className="postern-breakable">
          {problem.message}
        </Text>
        {onRetry === undefined || isNotThere ? null : (
          <Button variant="default" size="xs" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
