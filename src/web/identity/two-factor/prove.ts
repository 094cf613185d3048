// Does what needs a fresh proof of who is there, after asking for one where the server wants it.
import { createContext, useContext } from "react";
import { ApiProblem } from "../../api/api-problem.ts";

/** Rejects with the problem "proof-cancelled" when somebody would rather not show who they are. */
export type Prove = <Answer>(act: () => Promise<Answer>) => Promise<Answer>;

/** For a sign-in that has just been made: it is the proof. */
export const proveNothing: Prove = (act) => act();

export type Proof = {
  readonly prove: Prove;
  /** The dialog that asks stands above everything else. */
  readonly isAsking: boolean;
};

export const ProofContext = createContext<Proof>({ prove: proveNothing, isAsking: false });

/** Inside `<ProofProvider>`. */
export function useProof(): Proof {
  return useContext(ProofContext);
}

export function proofCancelled(): ApiProblem {
  return new ApiProblem({
    code: "proof-cancelled",
    status: 0,
    message: "You did not show that it is you, so nothing was changed.",
  });
}

export function isProofCancelled(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === "proof-cancelled";
}

export function isProofRequired(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === "proof-required";
}
