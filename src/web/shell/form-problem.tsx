// Says above a form why it was refused, to eyes and to screen readers, and takes the focus.
import { Alert, Text } from "@mantine/core";
import { lazy, Suspense, useEffect, useRef } from "react";
import type { ApiProblem } from "../api/api-problem.ts";
import { describeCountdown } from "./describe-time.ts";
import { InfoIcon, WarningIcon } from "./icons.tsx";

/** Few forms are ever refused so, and every page has one. */
const ChangeWaitsNotice = lazy(async () => ({
  default: (await import("../policy/change-waits-notice.tsx")).ChangeWaitsNotice,
}));

function Words({ text }: { readonly text: string }) {
  return (
    <Text size="sm" className="postern-breakable">
      {text}
    </Text>
  );
}

/** Stays in the page when empty, so that a screen reader hears what comes into it. */
export function FormProblem({ problem }: { readonly problem: ApiProblem | null }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem !== null) box.current?.focus();
  }, [problem]);
  return (
    <div role="alert" tabIndex={-1} ref={box} className="postern-form-problem">
      {problem === null ? null : (
        <Alert color="red" variant="light" icon={<WarningIcon />} role="presentation">
          {problem.code === "change-waits" ? (
            <Suspense fallback={<Words text={problem.message} />}>
              <ChangeWaitsNotice problem={problem} />
            </Suspense>
          ) : (
            <Words text={problem.message} />
          )}
          {problem.retryAfterSeconds === null ? null : (
            <Text size="sm">Try again in {describeCountdown(problem.retryAfterSeconds)}.</Text>
          )}
          {problem.errors.map(({ path, message }) => (
            <Text size="sm" key={`${path} ${message}`} className="postern-breakable">
              {path === undefined || path === "" ? message : `${path}: ${message}`}
            </Text>
          ))}
        </Alert>
      )}
    </div>
  );
}

export type DraftNoticeProps = {
  /** The fields were filled in before the session ended. */
  readonly isShown: boolean;
  /** What somebody else saved meanwhile has gone again, by itself or because it was taken back. */
  readonly isAsBefore?: boolean;
};

/** Above a form: what became of its draft. */
export function DraftNotice({ isShown, isAsBefore = false }: DraftNoticeProps) {
  if (!isShown && !isAsBefore) return null;
  return (
    <Alert color="harbour" variant="light" icon={<InfoIcon />} role="status">
      {isAsBefore ? AS_BEFORE : RESTORED}
    </Alert>
  );
}

const RESTORED =
  "You were signed out before this was saved. What you had typed is back; passwords are not kept.";
const AS_BEFORE =
  "These rules were changed meanwhile, and are again as they were when you began. Nothing of " +
  "yours was saved yet: save it now.";
