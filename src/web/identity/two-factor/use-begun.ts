// Asks for something when a step is shown, such as a new secret, and again on demand.
import { useEffect, useRef, useState } from "react";
import { asApiProblem } from "../../api/api-problem.ts";
import type { ApiProblem } from "../../api/api-problem.ts";

export type Begun<Answer> = {
  /** Null: on its way, or refused. What was there before stays until the next one comes. */
  readonly answer: Answer | null;
  readonly problem: ApiProblem | null;
  readonly isAsking: boolean;
  /** How often it was answered; the first time is 1. */
  readonly count: number;
  readonly again: () => Promise<void>;
};

/** Answers hold secrets, so they stand in this component and not among the kept queries. */
export function useBegun<Answer>(ask: () => Promise<Answer>): Begun<Answer> {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [count, setCount] = useState(0);
  const isBegun = useRef(false);

  async function again(): Promise<void> {
    setAsking(true);
    setProblem(null);
    try {
      setAnswer(await ask());
      setCount((before) => before + 1);
    } catch (error) {
      setProblem(asApiProblem(error));
    } finally {
      setAsking(false);
    }
  }

  useEffect(() => {
    if (isBegun.current) return;
    isBegun.current = true;
    void again();
    // Once: a second secret would void the first.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);

  return { answer, problem, isAsking, count, again };
}
