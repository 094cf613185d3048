// One metric of the process: what it is called, and how its numbers are read when asked for.

export type Sample = {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
};

type Reading = number | readonly Sample[];

export type MetricSource = {
  readonly type: "counter" | "gauge";
  /** Base units; a counter ends in `_total` (prometheus.io/docs/practices/naming). */
  readonly name: string;
  readonly help: string;
  readonly labelNames?: readonly string[];
  /** One that rejects or takes too long is left out of this answer. */
  readonly read: () => Reading | Promise<Reading>;
};

export function samplesOf(reading: Reading): readonly Sample[] {
  return typeof reading === "number" ? [{ value: reading }] : reading;
}
