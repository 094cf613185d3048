// The API's routes for master keys: what they seal, and their rotation.
import { KeyRotationSchema, KeyStatusSchema } from "../../../api/key-api.ts";
import { problemResponses } from "../../../api/problem-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import { describePrincipal } from "../../accounts/index.ts";
import type { Accounts } from "../../accounts/index.ts";
import type { Keys } from "./create-keys.ts";

export function registerKeyRoutes(
  app: FastifyApp,
  { keys, accounts }: { readonly keys: Keys; readonly accounts: Accounts },
): void {
  const tags = ["keys"];
  app.get(
    "/api/v1/keys",
    {
      onRequest: accounts.requireScope("policy:read"),
      schema: {
        tags,
        summary: "The master keys by their fingerprints, and how many secrets each seals",
        response: { 200: KeyStatusSchema, ...problemResponses(401, 403) },
      },
    },
    () => keys.describe(),
  );

  app.post(
    "/api/v1/keys/rotate",
    {
      onRequest: accounts.requireHostShell,
      schema: {
        tags,
        summary: "Seal every secret with a new key, or finish that (from the host's shell)",
        response: { 200: KeyRotationSchema, ...problemResponses(401, 403, 503) },
      },
    },
    async (request) => {
      const actor = describePrincipal(accounts.principalOf(request));
      const rotation = await keys.rotate(actor);
      return { ...rotation, status: await keys.describe() };
    },
  );
}
