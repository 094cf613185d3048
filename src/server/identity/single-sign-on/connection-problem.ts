// The refusals of connections: each code with its status and words.
import { defineProblems } from "../../../platform/problem/define-problems.ts";

export const connectionProblem = defineProblems({
  "connection-not-found": {
    status: 404,
    title: "There is no such connection",
    detail: "It was removed before, or is another user's.",
  },
  "last-way-in": {
    status: 409,
    title: "This is your last way in",
    detail:
      "Without it you could not sign in any more. First add another one: choose a password by " +
      "Forgotten password, add a passkey, or connect another provider.",
  },
  "connections-not-managed": {
    status: 403,
    title: "This connection is not removed in this way",
    detail:
      "Your own you remove in the user settings; API tokens remove none. Operators, admins and " +
      "the host's shell remove those of other users.",
  },
});
