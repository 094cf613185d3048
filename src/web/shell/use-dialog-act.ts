// What a dialog does at last: a refusal is kept and shown there, success is said and closes it.
import { useState } from "react";
import { asApiProblem } from "../api/api-problem.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import { showDone } from "./show-toast.ts";

export type DialogAct = {
  readonly isActing: boolean;
  /** Of the last try; there may be something to do about it. */
  readonly problem: ApiProblem | null;
  readonly run: (act: () => Promise<unknown>) => Promise<void>;
};

/** @param ended.done said afterwards: "The account was deleted." */
export function useDialogAct(ended: {
  readonly close: () => void;
  readonly done: string;
}): DialogAct {
  const [isActing, setActing] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  async function run(act: () => Promise<unknown>): Promise<void> {
    setActing(true);
    setProblem(null);
    try {
      await act();
      ended.close();
      showDone(ended.done);
    } catch (error) {
      setProblem(asApiProblem(error));
    } finally {
      setActing(false);
    }
  }

  return { isActing, problem, run };
}
