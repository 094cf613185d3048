// The refusals of single sign-on to callers of the API: each code with its status and words.
import { defineProblems } from "../../../platform/problem/define-problems.ts";

export const singleSignOnProblem = defineProblems({
  // INVARIANT: the same whether there is none, it is off, or it is another account's.
  "provider-off": {
    status: 404,
    title: "There is no such provider to sign in by",
    detail: "`provider` is the id of one whose button is on the sign-in page.",
  },
  "provider-unusable": {
    status: 503,
    title: "The provider cannot be used at the moment",
    detail: "It does not answer as it should. Try again in a moment, or sign in with a password.",
  },
  "connection-exists": {
    status: 409,
    title: "You are connected with this provider",
    detail: "Disconnect the account you have there before you connect another one.",
  },
  "user-not-theirs": {
    status: 403,
    title: "This provider is not for you",
    detail:
      "An account's own provider signs in its own users only: those who are in no other account " +
      "and are no operators.",
  },
  "bind-ended": {
    status: 404,
    title: "There is nothing to connect",
    detail: "It lasts ten minutes, once, in the browser that was at the provider. Begin again.",
  },
});
