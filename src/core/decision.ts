// The shape of every decision: what was decided, why, and the steps looked at in order.

/** What became of one rule: it applied, it did not, or it did not concern this request. */
export type StepResult = "matched" | "not-matched" | "not-applicable" | "monitored";

/** One rule that was looked at. `detail`: the facts it saw, by name; units are in the names. */
export type Step = {
  readonly step: string;
  readonly layer: "request" | "platform" | "account";
  readonly result: StepResult;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
};

export type Decision<V extends string, R extends string> = {
  readonly verdict: V;
  readonly reason: R;
  readonly steps: readonly Step[];
};
