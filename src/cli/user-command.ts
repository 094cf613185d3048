// `postern user`: adds users, changes their rights, lets them in again, signs them out.
import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import type { UserAnswer } from "../api/users-api.ts";
import { isMemberRole, MEMBER_ROLES } from "../core/accounts/role.ts";
import { withApi } from "./api-client.ts";
import type { ApiClient } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { findUser } from "./find-user.ts";
import { printJson, printLine, printTable } from "./output.ts";
import { parseCount, parseList } from "./parse-list.ts";
import { addUserStates } from "./user-states-command.ts";

const PATH = "/api/v1/users";
const USER = "ada@example.com";
const USER_ROLES = ["operator", ...MEMBER_ROLES, "none"] as const;

type Json = { readonly json?: true };
type FirstMembership = { readonly account: string; readonly role: string };
type CreateOptions = Json & {
  readonly name: string;
  readonly operator?: true;
  readonly account?: readonly FirstMembership[];
  readonly invite?: true;
};
type ListOptions = Json & {
  readonly search?: string;
  readonly account?: string;
  readonly status?: string;
  readonly limit: number;
};
type RoleOptions = Json & { readonly account?: string };
type Link = { readonly url: string; readonly expiresAt: string };

export function registerUser(program: Command, context: CliContext): void {
  const user = program.command("user").description("people who sign in");
  addCreation(user, context);
  addLists(user, context);
  addUserStates(user, context);
  addEmail(user, context);
  addRights(user, context);
}

function addCreation(user: Command, context: CliContext): void {
  user
    .command("create <email>")
    .description("add a user; prints a one-time link to choose a password")
    .requiredOption("--name <name>", "as it is shown")
    .option("--operator", "may do everything on the platform")
    .option(
      "--account <code:role>",
      "acme:admin,beta:agent; the first is primary",
      parseMemberships,
    )
    .option("--invite", "mail the link instead of printing it")
    .option("--json", "print JSON")
    .addHelpText("after", `\nExample:\n  postern user create ${USER} --name "Ada" --operator\n`)
    .action((email: string, options: CreateOptions) => create(context, email, options));
  user
    .command("link <user>")
    .description("print a new one-time link by which the user chooses a password")
    .option("--json", "print JSON")
    .addHelpText("after", `\nExample:\n  postern user link ${USER}\n`)
    .action(async (named: string, options: Json) => {
      const link = await withApi(context, async (api) => makeLink(api, await findUser(api, named)));
      await printLink(context, link, options);
    });
}

async function create(context: CliContext, email: string, options: CreateOptions): Promise<void> {
  const { name, operator, account = [], invite, json } = options;
  const body = {
    email,
    name,
    isOperator: operator === true,
    memberships: account,
    invite: invite === true,
  };
  const { created, link } = await withApi(context, async (api) => {
    const added = await api.call<UserAnswer>({ method: "POST", path: PATH, body });
    return { created: added, link: invite === true ? null : await makeLink(api, added) };
  });
  if (json) return printJson(context, { user: created, link });
  if (link === null) return printLine(context, `User ${created.email} is invited by e-mail.`);
  await printLink(context, link, {});
}

function makeLink(api: ApiClient, { id }: UserAnswer): Promise<Link> {
  return api.call<Link>({ method: "POST", path: `${PATH}/${id}/password-link` });
}

async function printLink(context: CliContext, link: Link, options: Json): Promise<void> {
  if (options.json) return printJson(context, link);
  await printLine(context, link.url);
  context.stderr.write(`It works once, until ${link.expiresAt}; a newer link replaces it.\n`);
}

function addLists(user: Command, context: CliContext): void {
  user
    .command("list")
    .description("show users, in the order of their e-mail addresses")
    .option("--search <text>", "part of the name or e-mail address")
    .option("--account <code>", "members of this account")
    .option("--status <status>", "disabled or operator")
    .option("--limit <count>", "how many at most", parseCount(1, 500), 100)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern user list --account acme --search ada\n")
    .action((options: ListOptions) => list(context, options));
  user
    .command("show <user>")
    .description("show one user, by e-mail address or id")
    .option("--json", "print JSON")
    .addHelpText("after", `\nExample:\n  postern user show ${USER}\n`)
    .action(async (named: string, options: Json) => {
      const found = await withApi(context, (api) => findUser(api, named));
      if (options.json) return printJson(context, found);
      await printUsers(context, [found]);
    });
}

async function list(context: CliContext, { json, ...query }: ListOptions): Promise<void> {
  const answer = await withApi(context, (api) =>
    api.call<{ readonly users: readonly UserAnswer[]; readonly next: string | null }>({
      method: "GET",
      path: PATH,
      query,
    }),
  );
  if (json) return printJson(context, answer);
  await printUsers(context, answer.users);
  if (answer.next !== null) context.stderr.write("There are more: raise --limit, or --search.\n");
}

async function printUsers(context: CliContext, users: readonly UserAnswer[]): Promise<void> {
  await printTable(context, users, {
    columns: [
      ["EMAIL", (row) => row.email],
      ["NAME", (row) => row.name],
      ["ROLES", describeRoles],
      ["STATUS", (row) => row.signIn.status],
      ["2FA", (row) => row.twoFactor.methods.join(",")],
      ["LAST SIGN-IN", (row) => row.signIn.lastSignedInAt],
      ["SESSIONS", (row) => row.signIn.sessions],
      ["ID", (row) => row.id],
    ],
    empty: "There are no users.",
  });
}

function describeRoles({ isOperator, memberships }: UserAnswer): string {
  const roles = memberships.map(
    ({ account, role, isPrimary }) => `${account}:${role}${isPrimary ? "*" : ""}`,
  );
  return [...(isOperator ? ["operator"] : []), ...roles].join(",");
}

function addEmail(user: Command, context: CliContext): void {
  user
    .command("set-email <user> <email>")
    .description("give a user another e-mail address; a mail tells the old one")
    .addHelpText("after", `\nExample:\n  postern user set-email ${USER} ada@example.org\n`)
    .action(async (named: string, email: string) => {
      const changed = await withApi(context, async (api) => {
        const path = `${PATH}/${(await findUser(api, named)).id}`;
        return api.call<UserAnswer>({ method: "PATCH", path, body: { email } });
      });
      await printLine(context, `User ${named} has the e-mail address ${changed.email} now.`);
    });
}

function addRights(user: Command, context: CliContext): void {
  user
    .command("set-role <user> <role>")
    .description(`give a role: ${USER_ROLES.join(", ")}; admin and agent need --account`)
    .option("--account <code>", "the account; with none the membership ends")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `\nExamples:\n  postern user set-role ${USER} admin --account acme\n` +
        `  postern user set-role ${USER} operator\n`,
    )
    .action((named: string, role: string, options: RoleOptions) =>
      setRole(context, { named, role, options }),
    );
}

async function setRole(
  context: CliContext,
  wanted: { readonly named: string; readonly role: string; readonly options: RoleOptions },
): Promise<void> {
  const { named, role, options } = wanted;
  const { account } = options;
  if (!(USER_ROLES as readonly string[]).includes(role)) {
    throw new CliError(`a role is one of ${USER_ROLES.join(", ")}`, 2);
  }
  if (isMemberRole(role) && account === undefined) {
    throw new CliError(`${role} is a role in an account: name it by --account`, 2);
  }
  if (role === "operator" && account !== undefined) {
    throw new CliError("operators are operators of the platform: leave --account out", 2);
  }
  const changed = await withApi(context, async (api) => {
    const { id } = await findUser(api, named);
    const path = `${PATH}/${id}`;
    if (account === undefined) {
      const body = { isOperator: role === "operator" };
      return api.call<UserAnswer>({ method: "PATCH", path, body });
    }
    const membership = `${path}/memberships/${encodeURIComponent(account)}`;
    await api.call(
      role === "none"
        ? { method: "DELETE", path: membership }
        : { method: "PUT", path: membership, body: { role } },
    );
    return api.call<UserAnswer>({ method: "GET", path });
  });
  if (options.json) return printJson(context, changed);
  await printLine(
    context,
    `User ${changed.email} is ${describeRoles(changed) || "in no account"}.`,
  );
}

function parseMemberships(text: string): readonly FirstMembership[] {
  return parseList(text).map((item) => {
    const [account = "", role = "agent", ...rest] = item.split(":");
    if (account !== "" && isMemberRole(role) && rest.length === 0) return { account, role };
    throw new InvalidArgumentError("write code:role with admin or agent, such as acme:admin");
  });
}
