// `postern rescue`: finds out on the host's shell what keeps somebody out, and lets them in again.
import { createInterface } from "node:readline";
import type { Interface } from "node:readline";
import type { Command } from "commander";
import type { SignInEventListAnswer } from "../api/sessions-api.ts";
import type { UserAnswer } from "../api/users-api.ts";
import { formatAddress, parseAddress } from "../core/network/address.ts";
import { systemClock } from "../platform/clock.ts";
import { withApi } from "./api-client.ts";
import type { ApiClient } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { findUser } from "./find-user.ts";
import { printable, printLine } from "./output.ts";
import { carryOut } from "./rescue/carry-out-rescue.ts";
import { findRefusals } from "./rescue/find-refusals.ts";
import type { FoundRefusals, RescueSubject } from "./rescue/find-refusals.ts";
import { describeFinding, isRefusal } from "./rescue/rescue-finding.ts";
import type { RescueFinding } from "./rescue/rescue-finding.ts";
import { keyOfAct, offersFor } from "./rescue/rescue-offers.ts";
import type { RescueOffer } from "./rescue/rescue-offers.ts";

type Options = {
  readonly address?: string;
  readonly user?: string;
  readonly account?: string;
  readonly yes?: true;
  readonly monitor?: true;
  readonly takeBack?: true;
  readonly dryRun?: true;
};

const HELP = `
It says what refuses the address, at each surface, and what keeps the user from signing in, then
offers what helps: take back a change that waits to be confirmed, release bans, allow the address
for an hour, release or enable the user, set the rule that refuses or has banned to monitor. It asks
before each; what is done is in the audit as "host shell".
Of a user alone it looks at the addresses of the last sign-ins.

Exit code 0 when nothing refuses in the end, 1 when something still does, or what banned the address
will ban it again at the same pace.

Examples:
  postern rescue 203.0.113.7
  postern rescue ada@example.com --address 203.0.113.7 --yes
`;

export function registerRescue(program: Command, context: CliContext): void {
  program
    .command("rescue [who]")
    .description("let somebody in who is locked out: an e-mail address or an address")
    .option("--address <address>", "where the requests come from")
    .option("--user <email-or-id>", "who cannot sign in")
    .option("--account <code>", "whose portal (without it: the user's primary account)")
    .option("--yes", "do without asking all that helps this address and user alone")
    .option("--monitor", "with --yes: also set a rule that still refuses or bans to monitor")
    .option("--take-back", "with --yes: also take back changes that wait to be confirmed")
    .option("--dry-run", "only say what refuses, and what could be done")
    .addHelpText("after", HELP)
    .action((who: string | undefined, options: Options) => rescue(context, who, options));
}

async function rescue(
  context: CliContext,
  who: string | undefined,
  options: Options,
): Promise<void> {
  if (options.monitor && !options.yes) throw new CliError("--monitor goes with --yes", 2);
  if (options.takeBack && !options.yes) throw new CliError("--take-back goes with --yes", 2);
  const named = readNamed(who, options);
  const left = await withApi(context, async (api) => {
    const subject = await readSubject(context, api, { ...named, account: options.account });
    const answers = createAnswers(context, options);
    try {
      return await runRounds(context, api, { subject, answers });
    } finally {
      answers.close();
    }
  });
  if (left.some(isRefusal)) {
    throw new CliError("still refused; see above, or `postern explain --help`");
  }
  if (left.some(({ kind }) => kind === "banning-rule")) {
    throw new CliError(
      "refused no more, and what banned will ban again at the same pace; see above",
    );
  }
  await printLine(context, "Nothing refuses now.");
}

type Named = { readonly address: string | undefined; readonly user: string | undefined };

/** `who` is told apart by its form. */
function readNamed(who: string | undefined, options: Options): Named {
  const isAddress = who !== undefined && parseAddress(who) !== null;
  if (who !== undefined && (isAddress ? options.address : options.user) !== undefined) {
    throw new CliError(`${isAddress ? "the address" : "the user"} is named twice`, 2);
  }
  const address = isAddress ? who : options.address;
  const user = isAddress ? options.user : (who ?? options.user);
  if (address === undefined && user === undefined) {
    throw new CliError("say who: an e-mail address, an address, or both", 2);
  }
  if (address !== undefined && parseAddress(address) === null) {
    throw new CliError(`${JSON.stringify(address)} is no IPv4 or IPv6 address`, 2);
  }
  return { address, user };
}

const ADDRESSES_MAX = 3;

async function readSubject(
  context: CliContext,
  api: ApiClient,
  named: Named & { readonly account: string | undefined },
): Promise<RescueSubject> {
  const user = named.user === undefined ? null : await findUser(api, named.user);
  const account = named.account ?? primaryAccountOf(user);
  const userId = user?.id ?? null;
  if (named.address !== undefined) {
    return { addresses: [formatAddress(parseAddress(named.address)!)], userId, account };
  }
  const addresses = userId === null ? [] : await lastAddressesOf(api, userId);
  const from = addresses.length === 0 ? "no sign-in is known; say --address" : addresses.join(", ");
  await printLine(context, `${user?.email}, last from: ${from}`);
  return { addresses, userId, account };
}

function primaryAccountOf(user: UserAnswer | null): string | null {
  return user?.memberships.find(({ isPrimary }) => isPrimary)?.account ?? null;
}

/** Of sign-ins that succeeded: whoever tries the password of another is not to be let in. */
async function lastAddressesOf(api: ApiClient, userId: string): Promise<readonly string[]> {
  const path = `/api/v1/users/${userId}/sign-ins`;
  const { signIns } = await api.call<SignInEventListAnswer>({ method: "GET", path });
  const own = signIns.filter(({ outcome }) => outcome === "signed-in");
  return [...new Set(own.map(({ address }) => address))].slice(0, ADDRESSES_MAX);
}

type Answers = {
  readonly agreesTo: (offer: RescueOffer) => Promise<boolean>;
  readonly close: () => void;
};

/** Each line of standard input answers one question; what is no yes is a no. */
function createAnswers(context: CliContext, options: Options): Answers {
  let lines: Interface | null = null;
  let reading: AsyncIterator<string> | null = null;

  async function ask(offer: RescueOffer): Promise<boolean> {
    lines ??= createInterface({ input: context.stdin, crlfDelay: Infinity });
    reading ??= lines[Symbol.asyncIterator]();
    context.stderr.write(printable(`${offer.words}? [y/N] `));
    const { done, value } = await reading.next();
    if (done === true) context.stderr.write("\n");
    return done !== true && /^y(es)?$/i.test(value.trim());
  }

  async function agreesTo(offer: RescueOffer): Promise<boolean> {
    if (options.dryRun) {
      await printLine(context, `could be done: ${offer.words}`);
      return false;
    }
    if (!options.yes) return ask(offer);
    if (offer.act.kind === "take-back") return options.takeBack === true;
    return !offer.isForOthersToo || options.monitor === true;
  }

  return { agreesTo, close: () => lines?.close() };
}

type Work = { readonly subject: RescueSubject; readonly answers: Answers };

/**
 * After each act it looks again: one thing done can make the next needless, or show what was behind
 * it. Nothing is offered twice, so that it ends. Resolves with what is found in the end.
 */
async function runRounds(
  context: CliContext,
  api: ApiClient,
  { subject, answers }: Work,
): Promise<readonly RescueFinding[]> {
  const offered = new Set<string>();
  const told = new Set<string>();
  let known: FoundRefusals["origins"] = [];
  for (;;) {
    const { findings, origins } = await findRefusals(api, subject, known);
    known = origins;
    for (const words of findings.map(describeFinding)) {
      if (!told.has(words)) await printLine(context, words);
      told.add(words);
    }
    const next = await firstAgreed(offersFor(findings), offered, answers);
    if (next === null) return findings;
    await printLine(context, await carryOut(api, next.act, systemClock.nowMs()));
  }
}

async function firstAgreed(
  offers: readonly RescueOffer[],
  offered: Set<string>,
  answers: Answers,
): Promise<RescueOffer | null> {
  for (const offer of offers) {
    const key = keyOfAct(offer.act);
    if (offered.has(key)) continue;
    offered.add(key);
    if (await answers.agreesTo(offer)) return offer;
  }
  return null;
}
