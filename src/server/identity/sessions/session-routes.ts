// Registers the routes of sessions, and what every answer to a signed-in request carries.
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import { registerMeRoutes } from "./me-routes.ts";
import { registerOwnSessionRoutes } from "./own-session-routes.ts";
import { toTimeText } from "./session-route-parts.ts";
import type { SessionRouteParts } from "./session-route-parts.ts";
import { registerUserSessionRoutes } from "./user-session-routes.ts";

/** RFC 3339; absent for users who are never logged out. So the tabs of a browser agree. */
const IDLE_ENDS_AT = "x-postern-idle-ends-at";

export function registerSessionRoutes(app: FastifyApp, parts: SessionRouteParts): void {
  const { sessions } = parts;
  app.addHook("onSend", async (request, reply) => {
    const seen = sessions.seenOf(request);
    if (seen === null) return;
    if (seen.kind === "ended") {
      if (!reply.hasHeader("set-cookie")) sessions.cookies.clear(reply, "session");
      return;
    }
    const { idleEndsAtMs } = seen.check;
    if (idleEndsAtMs !== null) reply.header(IDLE_ENDS_AT, toTimeText(idleEndsAtMs));
  });
  registerMeRoutes(app, parts);
  registerOwnSessionRoutes(app, parts);
  registerUserSessionRoutes(app, parts);
}
