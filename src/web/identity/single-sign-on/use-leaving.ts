// For buttons that lead to another site: busy until the page has gone, and ready when it is back.
import { useEffect, useState } from "react";
import { asApiProblem } from "../../api/api-problem.ts";
import type { ApiProblem } from "../../api/api-problem.ts";

export type Leaving = {
  /** The key of the button that was pressed. */
  readonly leavingFor: string | null;
  readonly problem: ApiProblem | null;
  readonly leave: (key: string, act: () => Promise<void>) => void;
};

export function useLeaving(): Leaving {
  const [leavingFor, setLeavingFor] = useState<string | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  // The back button may show this page as it was left, with its button still busy.
  useEffect(() => {
    const look = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) setLeavingFor(null);
    };
    window.addEventListener("pageshow", look);
    return () => window.removeEventListener("pageshow", look);
  }, []);

  function leave(key: string, act: () => Promise<void>): void {
    setLeavingFor(key);
    setProblem(null);
    act().catch((error: unknown) => {
      setProblem(asApiProblem(error));
      setLeavingFor(null);
    });
  }

  return { leavingFor, problem, leave };
}
