// One import of a list while it is written, sent and refused: nothing of it is lost on the way.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { ImportAnswer } from "../../api/entry-api.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import { asApiProblem } from "../api/api-problem.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import { saveForMinutes } from "../shell/lockout-dialog.tsx";
import { useGoBackChoice } from "../shell/go-back-choice.ts";
import type { GoBackChoice } from "../shell/go-back-choice.ts";
import { refreshEntries } from "./address-entry-queries.ts";
import { formatOfFile, guessFormat, importList } from "./address-import.ts";
import type { ImportFormat } from "./address-import.ts";

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

export type AddressImport = {
  readonly draft: ImportDraft;
  readonly change: (part: Partial<ImportDraft>) => void;
  readonly format: ImportFormat;
  readonly goBack: GoBackChoice;
  /** There was nothing to send. */
  readonly isMissing: boolean;
  readonly problem: ApiProblem | null;
  /** From 0 to 1 while it is sent; 1 while the server works. */
  readonly share: number | null;
  readonly done: ImportAnswer | null;
  readonly send: () => Promise<void>;
  readonly cancel: () => void;
  readonly restart: () => void;
};

export function useAddressImport(account: string | null): AddressImport {
  const client = useQueryClient();
  const [draft, setDraft] = useState(EMPTY);
  const [isMissing, setMissing] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [done, setDone] = useState<ImportAnswer | null>(null);
  const goBack = useGoBackChoice();
  const leaving = useRef<AbortController | null>(null);
  useEffect(() => () => leaving.current?.abort(), []);
  const format = draft.format ?? guessed(draft);

  async function send(): Promise<void> {
    const list = draft.from === "file" ? draft.file : new Blob([draft.text]);
    if (list === null || list.size === 0) return setMissing(true);
    const leave = new AbortController();
    leaving.current = leave;
    setProblem(null);
    setShare(0);
    try {
      const { confirmWide } = draft;
      const action = draft.action as ListAction;
      const order = { account, list, format, action, confirmWide };
      const sent = { ...order, signal: leave.signal, onProgress: setShare };
      setDone(await saveForMinutes(goBack.minutes, (safety) => importList({ ...sent, safety })));
      await refreshEntries(client);
    } catch (error) {
      if (!leave.signal.aborted) setProblem(asApiProblem(error));
    } finally {
      setShare(null);
    }
    return undefined;
  }

  return {
    draft,
    change: (part) => {
      setDraft({ ...draft, ...part });
      setMissing(false);
    },
    format,
    goBack,
    isMissing,
    problem,
    share,
    done,
    send,
    cancel: () => leaving.current?.abort(),
    restart: () => {
      setDraft(EMPTY);
      setDone(null);
      setProblem(null);
    },
  };
}

function guessed({ from, text, file }: ImportDraft): ImportFormat {
  if (from === "file") return (file === null ? null : formatOfFile(file.name)) ?? "text";
  return guessFormat(text);
}
