// A browser without scripts, for pages of Postern and of stand-in providers: cookies, links, forms.

import { request as sendRequest } from "node:http";
import type { IncomingHttpHeaders } from "node:http";

export type SsoPage = {
  readonly url: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- checks look into bodies of every kind
  readonly json: any;
};

/** Who is typed at the provider's pages, and what is answered there. */
export type SsoVisit = {
  readonly address: string;
  /** The provider says that it asked for a second factor. */
  readonly factor?: boolean;
  /** Where "Cancel" is pressed. */
  readonly cancelsAt?: "sign-in" | "consent";
};

export type SsoBrowser = {
  /** Like a script of our own pages: same origin, JSON. */
  readonly ask: (method: string, path: string, body?: unknown) => Promise<SsoPage>;
  /** One request, as following a link; redirects are not followed. */
  readonly open: (url: string) => Promise<SsoPage>;
  /** Goes through the provider's pages until they lead away; gives the address they lead to. */
  readonly walk: (url: string, visit: SsoVisit) => Promise<string>;
  readonly hasCookie: (name: string) => boolean;
  readonly forget: (cookieOf: (name: string) => boolean) => void;
};

type Cookie = { readonly name: string; readonly path: string; readonly value: string };

const STEPS_MAX = 20;

/** Cookies go to every port of the host, as those of browsers do. */
export function openSsoBrowser(origin: string): SsoBrowser {
  let cookies: readonly Cookie[] = [];

  function keep(line: string): void {
    const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
    const at = pair.indexOf("=");
    const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? "/";
    const cookie = { name: pair.slice(0, at), value: pair.slice(at + 1), path };
    cookies = cookies.filter(({ name, path: of }) => name !== cookie.name || of !== path);
    const isOver = attributes.some((one) => /^(max-age=0|expires=thu, 01 jan 1970.*)$/i.test(one));
    if (!isOver && cookie.value !== "") cookies = [...cookies, cookie];
  }

  function send(
    method: string,
    url: string,
    sent: { readonly body?: string; readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<SsoPage> {
    const { pathname } = new URL(url);
    const cookie = cookies
      .filter(({ path }) => pathname.startsWith(path))
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
    const headers = {
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
      ...(cookie === "" ? {} : { cookie }),
      ...sent.headers,
    };
    return new Promise((resolve, reject) => {
      const asked = sendRequest(url, { method, headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          for (const line of response.headers["set-cookie"] ?? []) keep(line);
          const text = Buffer.concat(chunks).toString("utf8");
          const isJson = (response.headers["content-type"] ?? "").includes("json");
          const json = isJson && text !== "" ? JSON.parse(text) : null;
          const status = response.statusCode ?? 0;
          resolve({ url, status, headers: response.headers, text, json });
        });
      });
      asked.on("error", reject);
      asked.end(sent.body);
    });
  }

  function post(url: string, fields: Readonly<Record<string, string>>): Promise<SsoPage> {
    const body = new URLSearchParams(fields).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return send("POST", url, { body, headers });
  }

  async function walk(start: string, visit: SsoVisit): Promise<string> {
    const provider = new URL(start).origin;
    let page = await send("GET", start);
    for (let step = 0; step < STEPS_MAX; step += 1) {
      const { location } = page.headers;
      if (location !== undefined) {
        const next = new URL(location, page.url);
        if (next.origin !== provider) return next.href;
        page = await send("GET", next.href);
      } else {
        const form = readForm(page);
        page = await post(form.action, { ...form.hidden, ...answersTo(page, visit) });
      }
    }
    throw new Error(`the provider's pages do not end: ${page.url}`);
  }

  return {
    ask: (method, path, body) => {
      const headers = {
        origin,
        "sec-fetch-site": "same-origin",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      };
      const text = body === undefined ? undefined : JSON.stringify(body);
      return send(method, `${origin}/api/v1${path}`, { headers, ...(text && { body: text }) });
    },
    open: (url) => send("GET", new URL(url, origin).href),
    walk,
    hasCookie: (wanted) => cookies.some(({ name }) => name === wanted),
    forget: (cookieOf) => {
      cookies = cookies.filter(({ name }) => !cookieOf(name));
    },
  };
}

function readForm(page: SsoPage): {
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
} {
  const action = /<form[^>]* action="([^"]+)"/.exec(page.text)?.[1];
  if (action === undefined) throw new Error(`no form at ${page.url}: ${page.text}`);
  const hidden: Record<string, string> = {};
  for (const [input] of page.text.matchAll(/<input type="hidden"[^>]*>/g)) {
    const name = / name="([^"]*)"/.exec(input)?.[1] ?? "";
    hidden[name] = unescapeHtml(/ value="([^"]*)"/.exec(input)?.[1] ?? "");
  }
  return { action: new URL(unescapeHtml(action), page.url).href, hidden };
}

function answersTo({ text }: SsoPage, visit: SsoVisit): Readonly<Record<string, string>> {
  if (text.includes('value="allow"')) {
    return { answer: visit.cancelsAt === "consent" ? "cancel" : "allow" };
  }
  if (text.includes('value="sign-in"')) {
    return {
      address: visit.address,
      answer: visit.cancelsAt === "sign-in" ? "cancel" : "sign-in",
      ...(visit.factor === true && { factor: "asked" }),
    };
  }
  if (text.includes('name="logout"')) return { logout: "yes" };
  return text.includes('name="address"') ? { address: visit.address } : {};
}

function unescapeHtml(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
