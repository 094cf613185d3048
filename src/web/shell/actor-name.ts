// Who did something, as people read it.

/** As the record names whoever has the host's own rights. */
export const HOST_SHELL = "host shell";

/** The record names a user by address and id; the id is for looking up, not for reading. */
export function actorName(actor: string | null): string {
  return (actor ?? "somebody").replace(/ \([a-z2-7]{20}\)$/, "");
}
