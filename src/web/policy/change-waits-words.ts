// What is said where a change was refused because another one of the same waits.
import type { ChangeWaits } from "../../api/unconfirmed-api.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import { clockText } from "../journal/moment-text.ts";
import { actorName, HOST_SHELL } from "../shell/actor-name.ts";

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
