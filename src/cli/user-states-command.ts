// `postern user disable`, `unlock` and others: one request about a user, and what it did.
import type { Command } from "commander";
import { withApi } from "./api-client.ts";
import type { ApiClient } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { findUser } from "./find-user.ts";
import { printJson, printLine } from "./output.ts";

const PATH = "/api/v1/users";
const USER = "ada@example.com";

type Json = { readonly json?: true };

/** One request for the user, and a sentence about what it did. */
type StateCommand = {
  readonly name: string;
  readonly description: string;
  readonly run: (api: ApiClient, path: string) => Promise<unknown>;
  readonly say: (email: string, answer: unknown) => string;
};

const STATE_COMMANDS: readonly StateCommand[] = [
  {
    name: "disable",
    description: "keep a user out, at once, until enabled again",
    run: (api, path) => api.call({ method: "PATCH", path, body: { isDisabled: true } }),
    say: (email) => `User ${email} is disabled.`,
  },
  {
    name: "enable",
    description: "let a disabled user in again",
    run: (api, path) => api.call({ method: "PATCH", path, body: { isDisabled: false } }),
    say: (email) => `User ${email} is enabled.`,
  },
  {
    name: "unlock",
    description: "release a locked or dormant user; wrong passwords and codes count anew",
    run: (api, path) => api.call({ method: "POST", path: `${path}/release` }),
    say: (email) => `User ${email} is released.`,
  },
  {
    name: "reset-two-factor",
    description: "remove second factors, backup codes, trusted browsers: for who lost the device",
    run: (api, path) => api.call({ method: "DELETE", path: `${path}/two-factor` }),
    say: (email, answer) => {
      const { removed } = answer as { readonly removed: readonly string[] };
      if (removed.length === 0) return `User ${email} had no second factor; codes count anew.`;
      return `User ${email} has no second factor any more; removed: ${removed.join(", ")}.`;
    },
  },
  {
    name: "end-sessions",
    description: "sign a user out everywhere",
    run: (api, path) => api.call({ method: "DELETE", path: `${path}/sessions` }),
    say: (email, answer) => {
      const { ended } = answer as { readonly ended: number };
      return `${ended} ${ended === 1 ? "session" : "sessions"} of ${email} ended.`;
    },
  },
  {
    name: "remove",
    description: "delete a user with everything kept for the user",
    run: (api, path) => api.call({ method: "DELETE", path }),
    say: (email) => `User ${email} is deleted.`,
  },
];

export function addUserStates(user: Command, context: CliContext): void {
  for (const { name, description, run, say } of STATE_COMMANDS) {
    user
      .command(`${name} <user>`)
      .description(description)
      .option("--json", "print JSON")
      .addHelpText("after", `\nExample:\n  postern user ${name} ${USER}\n`)
      .action(async (named: string, options: Json) => {
        const { found, answer } = await withApi(context, async (api) => {
          const one = await findUser(api, named);
          return { found: one, answer: await run(api, `${PATH}/${one.id}`) };
        });
        if (options.json) return printJson(context, answer);
        await printLine(context, say(found.email, answer));
      });
  }
}
