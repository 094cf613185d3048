// What the hub of event streams needs of a request: its answer, who reads, whether still so.
import { Type } from "typebox";
import type { ServerResponse } from "node:http";
import type { JoinInput } from "../../platform/http/event-stream-hub.ts";
import type { ApiRequest, Authentication, Principal } from "../accounts/index.ts";
import { reachKeyOf } from "./journal-reach.ts";

/** What the API document says of a stream. */
export const EVENT_STREAM = {
  description: "Messages without an end",
  content: { "text/event-stream": { schema: Type.String() } },
};

/** A stream comes back by itself, and is asked about while nobody looks. */
export const OF_STREAM = { isBackground: true } as const;

/** The request has passed a hook that requires a manager. */
export function streamInputOf(
  accounts: Authentication,
  request: ApiRequest,
  response: ServerResponse,
): JoinInput {
  const principal = accounts.principalOf(request);
  const rights = rightsOf(principal);

  /** Who signs out, loses an account or a scope while watching sees nothing more. */
  async function authorize(): Promise<void> {
    if (rightsOf(await accounts.authenticate(request, OF_STREAM)) !== rights) {
      throw new Error("what they may see has changed");
    }
  }

  return { response, reader: principal.kind === "user" ? principal.userId : null, authorize };
}

function rightsOf(principal: Principal): string {
  const scopes = principal.kind === "token" ? principal.scopes.join(" ") : "";
  return `${reachKeyOf(principal)}|${scopes}`;
}
