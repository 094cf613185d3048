// What is said where a change was refused because another one of the same waits.
import type { ChangeWaits } from "../../api/unconfirmed-api.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import { actorName, HOST_SHELL } from "../shell/actor-name.ts";

const TIME = new Intl.DateTimeFormat("en-GB", { timeStyle: "short" });
const DAY_AND_TIME = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

/** "14:05" today, "24 Nov, 14:05" on another day. */
export function clockText(at: string | number, nowMs: number): string {
  const [then, now] = [new Date(at), new Date(nowMs)];
  return (then.toDateString() === now.toDateString() ? TIME : DAY_AND_TIME).format(then);
}

/** "you" for whoever reads it. */
export function whoText(actor: string | null, myEmail: string | null): string {
  if (actor === HOST_SHELL) return "the host’s shell";
  const name = actorName(actor);
  return name === myEmail ? "you" : name;
}

/** INVARIANT: a problem of the code `change-waits` carries these members. */
export function toChangeWaits({ members }: Pick<ApiProblem, "members">): ChangeWaits {
  return members as ChangeWaits;
}

/** Why something else was refused; the server's own words where the change is not theirs. */
export function waitsSentence(
  problem: Pick<ApiProblem, "members" | "message">,
  myEmail: string | null,
  nowMs: number,
): string {
  const { goesBackAt, actor } = toChangeWaits(problem);
  if (actor === null) return problem.message;
  const who = whoText(actor, myEmail);
  return (
    `Not saved yet: a change that ${who} made of the same waits to be confirmed, and goes back ` +
    `at ${clockText(goesBackAt, nowMs)}. Confirm it or take it back first.`
  );
}
