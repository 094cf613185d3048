// Asks before a change that would lock somebody out: who, why, what to do first, or save it anyway.
import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState } from "react";
import type { ChangeSafety } from "../../api/change-safety-api.ts";
import type { LockoutAnswer } from "../../api/lockout-api.ts";
import { countOf } from "../accounts/user-words.ts";
import { answerOf, api } from "../api/api.ts";
import { ApiProblem, asApiProblem } from "../api/api-problem.ts";
import { queryClient } from "../api/query-client.ts";
import { StepList } from "../journal/step-list.tsx";
import { noteSaved } from "../policy/unconfirmed-query.ts";
import { FormProblem } from "./form-problem.tsx";
import { useGoBackChoice } from "./go-back-choice.ts";
import { GoBackField } from "./go-back-field.tsx";
import { WarningIcon } from "./icons.tsx";
import { keepFocus } from "./keep-focus.ts";
import { lockoutTitle, remedyWords, whoIsLockedOut } from "./lockout-words.ts";

/** Query parameters of what is sent, where it cannot go back by itself. */
export type LockoutSafety = Pick<ChangeSafety, "lockoutOverride">;

type Send<Saved> = (safety: ChangeSafety) => Promise<Saved>;

/**
 * Sends a change that cannot go back by itself. Where the server says that it would lock somebody
 * out, asks what to do, until a way is taken or the change is given up. Rejects as `send` does.
 */
export function saveGuarded<Saved>(
  send: (safety: LockoutSafety) => Promise<Saved>,
): Promise<Saved> {
  return sendGuarded({ send, goBack: null });
}

/**
 * Sends a change of rules or lists, as `saveGuarded` does.
 * @param minutes after which it goes back unless it is confirmed; null: it stays
 */
export function saveForMinutes<Saved>(minutes: number | null, send: Send<Saved>): Promise<Saved> {
  return sendGuarded({
    send: async (safety) => {
      const saved = await send(safety);
      noteSaved(queryClient, safety.confirmMinutes ?? null);
      return saved;
    },
    goBack: { minutes },
  });
}

type Guarded<Saved> = {
  readonly send: Send<Saved>;
  /** As it was chosen in the form; null: it cannot go back by itself. */
  readonly goBack: { readonly minutes: number | null } | null;
};

async function sendGuarded<Saved>(guarded: Guarded<Saved>): Promise<Saved> {
  try {
    return await guarded.send(safetyOf(guarded.goBack?.minutes ?? null));
  } catch (error) {
    const problem = asApiProblem(error);
    if (problem.code !== "would-lock-out") throw error;
    return askAboutLockout(problem, guarded);
  }
}

function safetyOf(confirmMinutes: number | null): ChangeSafety {
  return confirmMinutes === null ? {} : { confirmMinutes };
}

function askAboutLockout<Saved>(
  problem: ApiProblem,
  { send, goBack }: Guarded<Saved>,
): Promise<Saved> {
  return new Promise((resolve, reject) => {
    const modalId = modals.open({
      title: lockoutTitle(toLockout(problem)),
      size: "lg",
      children: (
        <LockoutDialog
          first={problem}
          goBack={goBack}
          send={async (safety) => {
            resolve(await send(safety));
            modals.close(modalId);
          }}
          onCancel={() => modals.close(modalId)}
          onOther={(error) => {
            // What is refused for another reason belongs to the page that saves.
            reject(error);
            modals.close(modalId);
          }}
        />
      ),
      // Of a promise that was kept before, it changes nothing.
      onClose: () => reject(givenUp(problem)),
    });
  });
}

/** INVARIANT: a problem of this code carries these members. */
function toLockout(problem: ApiProblem): LockoutAnswer {
  return problem.members as LockoutAnswer;
}

function givenUp({ code, status, members }: ApiProblem): ApiProblem {
  const { who } = members as LockoutAnswer;
  const whom = who === "you" ? "you" : "every operator";
  return new ApiProblem({
    code,
    status,
    members,
    message: `It was not saved: it would have locked ${whom} out.`,
  });
}

type LockoutDialogProps = {
  readonly first: ApiProblem;
  readonly goBack: Guarded<void>["goBack"];
  readonly send: Send<void>;
  readonly onCancel: () => void;
  readonly onOther: (error: unknown) => void;
};

function LockoutDialog({ first, goBack, send, onCancel, onOther }: LockoutDialogProps) {
  const [lockout, setLockout] = useState(() => toLockout(first));
  const [acting, setActing] = useState<"remedy" | "override" | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { decision, phrase, remedy } = lockout;

  async function act(
    kind: "remedy" | "override",
    safety: ChangeSafety,
    before?: () => Promise<unknown>,
  ): Promise<void> {
    setActing(kind);
    setProblem(null);
    try {
      await before?.();
    } catch (error) {
      setProblem(asApiProblem(error));
      return setActing(null);
    }
    try {
      await send(safety);
    } catch (error) {
      const refusal = asApiProblem(error);
      if (refusal.code !== "would-lock-out") onOther(error);
      else setLockout(toLockout(refusal));
    }
    // An address was put on a list, whatever came of the change: pages show who is let in now.
    if (before !== undefined) void queryClient.invalidateQueries();
    return setActing(null);
  }

  return (
    <Stack gap="md">
      <FormProblem problem={problem} />
      <Alert color="red" variant="light" icon={<WarningIcon />}>
        <Text size="sm" className="postern-breakable">
          {whoIsLockedOut(lockout)} Nothing was saved.
        </Text>
      </Alert>
      <StepList label="Why" steps={decision.steps} />
      <Stack gap="xs" align="flex-start">
        <Text size="sm" className="postern-breakable">
          {remedyWords(lockout)}
        </Text>
        {remedy.code === "allow-address" ? (
          <Button
            data-autofocus
            onMouseDown={keepFocus}
            loading={acting === "remedy"}
            disabled={acting === "override"}
            onClick={() =>
              void act("remedy", safetyOf(goBack?.minutes ?? null), () => allow(remedy))
            }
          >
            {lockout.who === "you" ? "Allow my address first" : "Allow this address first"}
          </Button>
        ) : null}
      </Stack>
      <OverrideForm
        phrase={phrase}
        goBack={goBack}
        isActing={acting === "override"}
        isWaiting={acting === "remedy"}
        onCancel={onCancel}
        onOverride={(minutes) =>
          void act("override", { ...safetyOf(minutes), lockoutOverride: phrase })
        }
      />
    </Stack>
  );
}

type OverrideFormProps = {
  readonly phrase: string;
  readonly goBack: Guarded<void>["goBack"];
  readonly isActing: boolean;
  /** For the other way out. */
  readonly isWaiting: boolean;
  readonly onCancel: () => void;
  readonly onOverride: (minutes: number | null) => void;
};

function OverrideForm(props: OverrideFormProps) {
  const { phrase, goBack, isActing, isWaiting, onCancel, onOverride } = props;
  // Whoever is in doubt is let in again: it is chosen unless somebody chooses otherwise.
  const choice = useGoBackChoice({ isOn: goBack !== null, minutes: goBack?.minutes ?? null });
  const [typed, setTyped] = useState("");
  const isTyped = typed.trim() === phrase;
  const mayOverride = isTyped && !isWaiting && choice.fault === null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (mayOverride && !isActing) onOverride(choice.minutes);
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={`Or type “${phrase}” to save it all the same`}
          description={wayBackIn(choice.minutes)}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
        {goBack === null ? null : <GoBackField choice={choice} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Do not save
          </Button>
          <Button
            type="submit"
            color="red"
            onMouseDown={keepFocus}
            disabled={!mayOverride}
            loading={isActing}
          >
            Save all the same
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function wayBackIn(minutes: number | null): string {
  const shell = "only the host's shell lets you in again: postern rescue.";
  if (minutes === null) return `From then on ${shell}`;
  return `It goes back after ${countOf(minutes, "minute")}. Sooner, ${shell}`;
}

type AllowRemedy = Extract<LockoutAnswer["remedy"], { readonly range: string }>;

function allow({ range, account }: AllowRemedy): Promise<unknown> {
  const owner = account === null ? {} : { account };
  const note = "Kept in before a change of the rules";
  const body = { ...owner, range, action: "allow" as const, note };
  return answerOf(api.POST("/api/v1/entries", { body }));
}
