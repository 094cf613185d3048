// A form whose refusals stand beside the fields they are about, and which loses nothing typed.
import { useForm } from "@mantine/form";
import type { FormErrors, FormRulesRecord, UseFormReturnType } from "@mantine/form";
import { useEffect, useRef, useState } from "react";
import type { SyntheticEvent } from "react";
import { asApiProblem } from "../api/api-problem.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import { toFieldErrors } from "./field-errors.ts";
import { draftKey, dropDraft, keepDraft, readDraft } from "./form-draft.ts";
import { onSessionEnd } from "./session-end.ts";
import { readSessionState } from "./session-state.ts";

export type ProblemFormOptions<Values extends Record<string, unknown>, Saved> = {
  /** Names the draft, such as `user:${id}`; null: nothing is kept when the session ends. */
  readonly draft: string | null;
  readonly initialValues: Values;
  readonly validate?: FormRulesRecord<Values>;
  /** Never kept in a draft. Names with "password" in them are not kept anyway. */
  readonly secretFields?: readonly string[];
  /** Taken off the front of the server's paths: "/value" where the body is `{ value: form }`. */
  readonly pathPrefix?: string;
  readonly send: (values: Values) => Promise<Saved>;
  readonly onSaved?: (saved: Saved, values: Values) => void | Promise<void>;
};

export type ProblemForm<Values extends Record<string, unknown>> = {
  readonly form: UseFormReturnType<Values>;
  /** For `<form onSubmit>`. */
  readonly submit: (event?: SyntheticEvent<HTMLFormElement>) => void;
  readonly isSending: boolean;
  /** What no field shows; for `<FormProblem problem>` above the fields. */
  readonly problem: ApiProblem | null;
  readonly isDraftRestored: boolean;
  /** Begins anew, as after saving. */
  readonly restart: (values: Values) => void;
};

export function useProblemForm<Values extends Record<string, unknown>, Saved>(
  options: ProblemFormOptions<Values, Saved>,
): ProblemForm<Values> {
  const { draft, initialValues, validate, secretFields = [] } = options;
  const restored = useRef<{ readonly values: Partial<Values> | null } | null>(null);
  restored.current ??= { values: restoreDraft(draft, initialValues) };
  const form = useForm<Values>({
    initialValues,
    ...(validate === undefined ? {} : { validate }),
    validateInputOnBlur: true,
    clearInputErrorOnChange: true,
  });
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isSending, setSending] = useState(false);
  const [isDraftRestored, setDraftRestored] = useState(restored.current.values !== null);

  useEffect(() => {
    const values = restored.current?.values ?? null;
    const { userId } = readSessionState();
    if (draft !== null && userId !== null) dropDraft(draftKey(userId, draft));
    if (values !== null) form.setValues(values);
    // Once, when the form is opened.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);

  const latest = useRef(form);
  latest.current = form;
  useEffect(() => {
    if (draft === null) return undefined;
    return onSessionEnd(() => {
      const { userId } = readSessionState();
      if (userId === null || !latest.current.isDirty()) return;
      keepDraft(draftKey(userId, draft), latest.current.getValues(), secretFields);
    });
  });

  async function send(values: Values): Promise<void> {
    setSending(true);
    setProblem(null);
    try {
      const saved = await options.send(values);
      setDraftRestored(false);
      form.resetDirty(values);
      await options.onSaved?.(saved, values);
    } catch (error) {
      const refusal = asApiProblem(error);
      const { fields, isAllShown } = toFieldErrors(refusal, values, options.pathPrefix ?? "");
      form.setErrors(fields);
      setProblem(isAllShown ? null : refusal);
      focusFirst(form, fields);
    } finally {
      setSending(false);
    }
  }

  return {
    form,
    submit: form.onSubmit(send, (errors) => focusFirst(form, errors)),
    isSending,
    problem,
    isDraftRestored,
    restart: (values) => {
      form.setInitialValues(values);
      form.setValues(values);
      form.resetDirty(values);
      form.clearErrors();
      setProblem(null);
      setDraftRestored(false);
    },
  };
}

/** Only fields that the form still has. */
function restoreDraft<Values extends Record<string, unknown>>(
  draft: string | null,
  initialValues: Values,
): Partial<Values> | null {
  const { userId } = readSessionState();
  const kept = draft === null || userId === null ? null : readDraft(draftKey(userId, draft));
  if (kept === null) return null;
  const known = Object.entries(kept).filter(([name]) => Object.hasOwn(initialValues, name));
  return known.length === 0 ? null : (Object.fromEntries(known) as Partial<Values>);
}

function focusFirst<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  errors: FormErrors,
): void {
  const first = Object.keys(errors)[0];
  if (first === undefined) return;
  form.getInputNode<HTMLElement, never>(first as never)?.focus();
}
