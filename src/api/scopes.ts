// What an API token may be allowed to do: the closed list of scopes.
import { Type } from "typebox";

export const SCOPES = [
  "policy:read",
  "policy:write",
  "reports:write",
  "journal:read",
  "recordings:read",
  "recordings:write",
] as const;

export type Scope = (typeof SCOPES)[number];

export const ScopeSchema = Type.Enum(SCOPES, {
  description: "What a token may do; it may do nothing else",
});

export function isScope(text: unknown): text is Scope {
  return typeof text === "string" && (SCOPES as readonly string[]).includes(text);
}
