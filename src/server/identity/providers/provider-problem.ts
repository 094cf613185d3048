// The refusals of changes of providers: each code with its status and words.
import { PROVIDERS_MAX } from "./provider-store.ts";
import { defineProblems } from "../../../platform/problem/define-problems.ts";

export const providerProblem = defineProblems({
  "provider-not-found": { status: 404, title: "There is no such provider" },
  "provider-refused": { status: 400, title: "The provider is not accepted" },
  "provider-exists": { status: 409, title: "The code is taken" },
  "providers-full": {
    status: 409,
    title: "There are enough providers",
    detail: `The platform and each account have at most ${PROVIDERS_MAX}. Delete one first.`,
  },
  "provider-not-editable": {
    status: 403,
    title: "Not for API tokens",
    detail:
      "Who signs people in decides over every user: API tokens read providers and test them. " +
      "Operators, admins and the host's shell change them.",
  },
  "private-hosts-not-allowed": {
    status: 403,
    title: "Only operators allow private hosts",
  },
  "provider-moved-on": {
    status: 412,
    title: "Somebody else changed the provider meanwhile",
    detail: "Read it again, look at the difference, and save once more.",
  },
});
