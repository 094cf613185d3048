// What a stand-in asks of a person: who signs in, and whether the application may know it.
import type { IncomingMessage, ServerResponse } from "node:http";
import { text as textOf } from "node:stream/consumers";
import type { Interaction, InteractionResults, Provider } from "oidc-provider";
import { consentPage, messagePage, signInPage } from "./stand-in-pages.ts";
import type { StandInPerson } from "./stand-in-person.ts";

/** Answers a request whose path below the mount path is in `url`, the whole in `originalUrl`. */
export type StandInHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

type Asking = {
  readonly provider: Provider;
  readonly brand: string;
  readonly personOf: (address: string) => StandInPerson | null;
  /** Whoever has signed in, by subject. */
  readonly people: Map<string, StandInPerson>;
};

export async function answerInteraction(
  asking: Asking,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { provider, brand } = asking;
  const html = (status: number, text: string): void =>
    void response.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(text);
  const asked = await provider.interactionDetails(request, response).catch(() => null);
  if (asked === null) {
    html(400, messagePage(brand, "This sign-in is over", "Begin again where you came from."));
    return;
  }
  const form = { brand, action: `${mountPathOf(request)}${request.url}` };
  const decided =
    request.method === "POST"
      ? await decide(asking, asked, new URLSearchParams(await textOf(request)))
      : null;
  if (typeof decided === "object" && decided !== null) {
    await provider.interactionFinished(request, response, decided);
    return;
  }
  if (asked.prompt.name === "consent") html(200, consentPage(form, scopesOf(asked)));
  else html(200, signInPage(form, { address: addressHinted(asked), complaint: decided }));
}

/** What was decided, or why what was typed does not do. */
async function decide(
  { provider, brand, personOf, people }: Asking,
  asked: Interaction,
  typed: URLSearchParams,
): Promise<InteractionResults | string> {
  if (typed.get("answer") === "cancel") {
    return { error: "access_denied", error_description: "the person cancelled" };
  }
  if (asked.prompt.name === "consent") {
    return { consent: { grantId: await grant(provider, asked) } };
  }
  const address = (typed.get("address") ?? "").trim().toLowerCase();
  const person = personOf(address);
  if (person === null) return `${brand} does not know ${address} here.`;
  const accountId = person.claims.sub;
  people.set(accountId, person);
  const amr = typed.get("factor") === "asked" ? ["pwd", "mfa"] : ["pwd"];
  // Whoever signs in has chosen an account by it.
  return { login: { accountId, amr }, select_account: {} };
}

async function grant(provider: Provider, asked: Interaction): Promise<string> {
  const { grantId, session, params } = asked;
  const found = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const given =
    found ??
    new provider.Grant({ accountId: session?.accountId, clientId: String(params["client_id"]) });
  given.addOIDCScope(scopesOf(asked).join(" "));
  return given.save();
}

function scopesOf({ params }: Interaction): readonly string[] {
  const { scope } = params;
  return typeof scope === "string" ? scope.split(" ") : ["openid"];
}

function addressHinted({ params }: Interaction): string {
  const hint = params["login_hint"];
  return typeof hint === "string" ? hint : "";
}

/** Where a provider stands on its host: empty, or as `/tenant`. */
export function mountPathOf(request: IncomingMessage): string {
  const { originalUrl = "" } = request as { readonly originalUrl?: string };
  return originalUrl.slice(0, originalUrl.length - (request.url ?? "").length);
}
