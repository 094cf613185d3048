// Puts together what people do with their connections to providers, and what their admins do.
import type { OwnConnectionsAnswer, UserConnectionsAnswer } from "../../../api/connection-api.ts";
import type { ApiRequest, Authentication, Principal } from "../../accounts/index.ts";
import type { OpenCheck } from "../sessions/read-session.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";
import { disconnectOwn, readOwnConnections } from "./own-connections.ts";
import { disconnectUser, readUserConnections } from "./user-connections.ts";

type Hooks = Pick<Authentication, "requireUser" | "requireManager" | "principalOf">;

export type ConnectionParts = CredentialParts & {
  readonly accounts: Hooks;
  /** The session that let a request in. */
  readonly openSessionOf: (request: ApiRequest) => OpenCheck;
};

/** Who asks for it, about whom. */
export type ConnectionManaging = {
  readonly principal: Principal;
  readonly request: ApiRequest;
  readonly userId: string;
};

export type Connections = Hooks & {
  readonly readOwn: (request: ApiRequest) => Promise<OwnConnectionsAnswer>;
  readonly disconnect: (request: ApiRequest, connectionId: string) => Promise<void>;
  readonly readFor: (managing: ConnectionManaging) => Promise<UserConnectionsAnswer>;
  readonly disconnectFor: (managing: ConnectionManaging, connectionId: string) => Promise<void>;
};

export function createConnections(parts: ConnectionParts): Connections {
  const { requireUser, requireManager, principalOf } = parts.accounts;
  return {
    requireUser,
    requireManager,
    principalOf,
    readOwn: (request) => readOwnConnections(parts, request),
    disconnect: (request, connectionId) => disconnectOwn(parts, request, connectionId),
    readFor: (managing) => readUserConnections(parts, managing),
    disconnectFor: (managing, connectionId) => disconnectUser(parts, managing, connectionId),
  };
}
