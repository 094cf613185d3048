// Asks before a change that would lock somebody out: who, why, what to do first, or save it anyway.
import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState } from "react";
import type { LockoutAnswer } from "../../api/lockout-api.ts";
import { answerOf, api } from "../api/api.ts";
import { ApiProblem, asApiProblem } from "../api/api-problem.ts";
import { StepList } from "../journal/step-list.tsx";
import { FormProblem } from "./form-problem.tsx";
import { WarningIcon } from "./icons.tsx";
import { keepFocus } from "./keep-focus.ts";
import { lockoutTitle, remedyWords, whoIsLockedOut } from "./lockout-words.ts";

/** Query parameters of what is sent. */
export type LockoutSafety = { readonly lockoutOverride?: LockoutAnswer["phrase"] };

/**
 * Sends a change of rules or lists. Where the server says that it would lock somebody out, asks
 * what to do, until a way is taken or the change is given up. Rejects as `send` does.
 */
export async function saveGuarded<Saved>(
  send: (safety: LockoutSafety) => Promise<Saved>,
): Promise<Saved> {
  try {
    return await send({});
  } catch (error) {
    const problem = asApiProblem(error);
    if (problem.code !== "would-lock-out") throw error;
    return askAboutLockout(problem, send);
  }
}

function askAboutLockout<Saved>(
  problem: ApiProblem,
  send: (safety: LockoutSafety) => Promise<Saved>,
): Promise<Saved> {
  return new Promise((resolve, reject) => {
    const modalId = modals.open({
      title: lockoutTitle(toLockout(problem)),
      size: "lg",
      children: (
        <LockoutDialog
          first={problem}
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
  readonly send: (safety: LockoutSafety) => Promise<void>;
  readonly onCancel: () => void;
  readonly onOther: (error: unknown) => void;
};

function LockoutDialog({ first, send, onCancel, onOther }: LockoutDialogProps) {
  const [lockout, setLockout] = useState(() => toLockout(first));
  const [acting, setActing] = useState<"remedy" | "override" | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { decision, phrase, remedy } = lockout;

  async function act(
    kind: "remedy" | "override",
    safety: LockoutSafety,
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
            onClick={() => void act("remedy", {}, () => allow(remedy))}
          >
            {lockout.who === "you" ? "Allow my address first" : "Allow this address first"}
          </Button>
        ) : null}
      </Stack>
      <OverrideForm
        phrase={phrase}
        isActing={acting === "override"}
        isWaiting={acting === "remedy"}
        onCancel={onCancel}
        onOverride={() => void act("override", { lockoutOverride: phrase })}
      />
    </Stack>
  );
}

type OverrideFormProps = {
  readonly phrase: string;
  readonly isActing: boolean;
  /** For the other way out. */
  readonly isWaiting: boolean;
  readonly onCancel: () => void;
  readonly onOverride: () => void;
};

function OverrideForm(props: OverrideFormProps) {
  const { phrase, isActing, isWaiting, onCancel, onOverride } = props;
  const [typed, setTyped] = useState("");
  const isTyped = typed.trim() === phrase;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isTyped && !isActing && !isWaiting) onOverride();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={`Or type “${phrase}” to save it all the same`}
          description="Only the host's shell lets you in again then: postern rescue."
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Do not save
          </Button>
          <Button
            type="submit"
            color="red"
            onMouseDown={keepFocus}
            disabled={!isTyped || isWaiting}
            loading={isActing}
          >
            Save all the same
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type AllowRemedy = Extract<LockoutAnswer["remedy"], { readonly range: string }>;

function allow({ range, account }: AllowRemedy): Promise<unknown> {
  const owner = account === null ? {} : { account };
  const note = "Kept in before a change of the rules";
  const body = { ...owner, range, action: "allow" as const, note };
  return answerOf(api.POST("/api/v1/entries", { body }));
}
