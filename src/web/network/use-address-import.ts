// One import of a list while it is written, sent and refused: nothing of it is lost on the way.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { ImportAnswer } from "../../api/entry-api.ts";
import type { ImportPlanAnswer } from "../../api/import-plan-api.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import { asApiProblem } from "../api/api-problem.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import { readDialogDraft, useDialogDraft } from "../shell/dialog-draft.ts";
import { saveForMinutes } from "../shell/lockout-dialog.tsx";
import { useGoBackChoice } from "../shell/go-back-choice.ts";
import type { GoBackChoice } from "../shell/go-back-choice.ts";
import { refreshEntries } from "./address-entry-queries.ts";
import { formatOfFile, guessFormat, importList, planImport } from "./address-import.ts";
import type { ImportFormat, SentList } from "./address-import.ts";

export type ImportDraft = {
  readonly from: "paste" | "file";
  readonly text: string;
  readonly file: File | null;
  /** Null: as it looks. */
  readonly format: ImportFormat | null;
  /** A radio's value. */
  readonly action: string;
  readonly confirmWide: boolean;
};

const EMPTY: ImportDraft = {
  from: "paste",
  text: "",
  file: null,
  format: null,
  action: "deny",
  confirmWide: false,
};

/** Names what is kept of it over a sign-in. */
export function importDraft(account: string | null): string {
  return `import:${account ?? "*"}`;
}

/** A file cannot be kept; it is chosen again. */
function readKept(account: string | null): ImportDraft | null {
  const kept = readDialogDraft(importDraft(account));
  return kept === null ? null : { ...EMPTY, ...kept, file: null };
}

export type AddressImport = {
  readonly draft: ImportDraft;
  /** There is something to lose. */
  readonly isTyped: boolean;
  /** It comes from before a sign-in. */
  readonly isRestored: boolean;
  readonly change: (part: Partial<ImportDraft>) => void;
  readonly format: ImportFormat;
  readonly goBack: GoBackChoice;
  /** Why there was nothing to send; null: nobody has tried to send nothing. */
  readonly missing: string | null;
  readonly problem: ApiProblem | null;
  /** From 0 to 1 while it is sent; 1 while the server works. */
  readonly share: number | null;
  readonly done: ImportAnswer | null;
  /** What it would change; null: not asked since the list was changed. */
  readonly plan: ImportPlanAnswer | null;
  readonly isPlanning: boolean;
  readonly askPlan: () => Promise<void>;
  readonly send: () => Promise<void>;
  readonly cancel: () => void;
  readonly restart: () => void;
};

export function useAddressImport(account: string | null): AddressImport {
  const client = useQueryClient();
  const [restored] = useState(() => readKept(account));
  const [draft, setDraft] = useState(restored ?? EMPTY);
  const [missing, setMissing] = useState<string | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [done, setDone] = useState<ImportAnswer | null>(null);
  const [plan, setPlan] = useState<ImportPlanAnswer | null>(null);
  const [isPlanning, setPlanning] = useState(false);
  const goBack = useGoBackChoice();
  const leaving = useRef<AbortController | null>(null);
  useEffect(() => () => leaving.current?.abort(), []);
  const format = draft.format ?? guessed(draft);
  useDialogDraft(importDraft(account), draft.text === "" || done !== null ? null : keptOf(draft));

  /** Null: there is nothing to send. What was on its way is left. */
  function begin(): SentList | null {
    leaving.current?.abort();
    const list = draft.from === "file" ? draft.file : new Blob([draft.text]);
    if (list === null || list.size === 0) {
      setMissing(missingOf(draft));
      return null;
    }
    const leave = new AbortController();
    leaving.current = leave;
    setPlanning(false);
    setProblem(null);
    const { confirmWide } = draft;
    const action = draft.action as ListAction;
    return { account, list, format, action, confirmWide, signal: leave.signal };
  }

  async function send(): Promise<void> {
    const list = begin();
    if (list === null) return;
    setShare(0);
    try {
      const sent = { ...list, onProgress: setShare };
      setDone(await saveForMinutes(goBack.minutes, (safety) => importList({ ...sent, safety })));
      await refreshEntries(client);
    } catch (error) {
      if (!list.signal.aborted) setProblem(asApiProblem(error));
    } finally {
      setShare(null);
    }
  }

  async function askPlan(): Promise<void> {
    const list = begin();
    if (list === null) return;
    setPlanning(true);
    try {
      const planned = await planImport(list);
      if (!list.signal.aborted) setPlan(planned);
    } catch (error) {
      if (!list.signal.aborted) setProblem(asApiProblem(error));
    } finally {
      if (leaving.current?.signal === list.signal) setPlanning(false);
    }
  }

  return {
    draft,
    isTyped: done === null && (draft.text !== "" || draft.file !== null),
    isRestored: restored !== null && restored.text === draft.text,
    change: (part) => {
      setDraft({ ...draft, ...part });
      setMissing(null);
      setPlan(null);
      // What it was asked about is another list now.
      if (isPlanning) leaving.current?.abort();
    },
    format,
    goBack,
    missing,
    problem,
    share,
    done,
    plan,
    isPlanning,
    askPlan,
    send,
    cancel: () => leaving.current?.abort(),
    restart: () => {
      setDraft(EMPTY);
      setPlan(null);
      setDone(null);
      setProblem(null);
      setMissing(null);
    },
  };
}

function keptOf({ file: _file, ...kept }: ImportDraft): Omit<ImportDraft, "file"> {
  return kept;
}

function missingOf({ from, file }: ImportDraft): string {
  if (from === "paste") return "Paste at least one line.";
  return file === null
    ? "Choose a file."
    : "This file is empty. Choose one with at least one line.";
}

function guessed({ from, text, file }: ImportDraft): ImportFormat {
  if (from === "file") return (file === null ? null : formatOfFile(file.name)) ?? "text";
  return guessFormat(text);
}
