// What a refused visitor sees: a small neutral page, or problem details for programs.

import { STATUS_CODES } from "node:http";

export type Refusal = {
  readonly status: number;
  readonly decisionId: string;
  readonly retryAfterSeconds: number;
};

export type RefusalBody = { readonly type: string; readonly text: string };

/**
 * Visitors learn nothing about rules: one text for each status, the decision's id, and whom to ask.
 * @param accept the visitor's Accept header; without HTML in it the answer is RFC 9457
 */
export function refusalBody(refusal: Refusal, accept: string | null): RefusalBody {
  const wantsPage = accept !== null && /\btext\/html\b|\bapplication\/xhtml\+xml\b/.test(accept);
  return wantsPage
    ? { type: "text/html; charset=utf-8", text: refusalPage(refusal) }
    : { type: "application/problem+json", text: refusalProblem(refusal) };
}

// By status, without the last bracket: nearly every refusal of a flood has the same text.
const problemStarts = new Map<number, string>();

/** INVARIANT: nothing is put in here but numbers and an id that was made or checked by us. */
function refusalProblem(refusal: Refusal): string {
  const { status, decisionId, retryAfterSeconds } = refusal;
  const decision = decisionId === "" ? "" : `,"decision":"${decisionId}"`;
  const wait = retryAfterSeconds === 0 ? "" : `,"retryAfterSeconds":${retryAfterSeconds}`;
  return `${problemStart(status)}${decision}${wait}}`;
}

function problemStart(status: number): string {
  const known = problemStarts.get(status);
  if (known !== undefined) return known;
  const title = STATUS_CODES[status] ?? "Refused";
  const detail = WORDS[status]?.text ?? OTHER.text;
  const start = JSON.stringify({ type: "about:blank", title, status, detail }).slice(0, -1);
  problemStarts.set(status, start);
  return start;
}

type Words = { readonly title: string; readonly text: string };

const OTHER: Words = { title: "Not possible", text: "This request cannot be answered." };

const WORDS: Readonly<Record<number, Words>> = {
  400: { title: "Not understood", text: "This request could not be understood." },
  401: { title: "Please sign in", text: "This is open to those who are signed in." },
  403: { title: "No access", text: "Access is not possible." },
  404: { title: "Not found", text: "There is nothing here that you can open." },
  429: { title: "Too many requests", text: "There were too many requests from your network." },
  503: { title: "Please try again", text: "The service is not ready at the moment." },
};

/** INVARIANT: nothing here is from the request; the id was made or checked by us. */
function refusalPage(refusal: Refusal): string {
  const { status, decisionId, retryAfterSeconds } = refusal;
  const words = WORDS[status] ?? OTHER;
  const wait =
    retryAfterSeconds === 0 ? "" : `<p>Please try again ${describeWait(retryAfterSeconds)}.</p>`;
  const ask =
    decisionId === ""
      ? "<p>If this should not be so, please ask the people who run this service.</p>"
      : "<p>If this should not be so, please ask the people who run this service and give them " +
        `this number:</p><p class="id">${decisionId}</p>`;
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${words.title}</title>` +
    '<meta name="viewport" content="width=device-width, initial-scale=1">' +
    `<meta name="robots" content="noindex"><style>${STYLE}</style></head><body><main>` +
    `<h1>${words.title}</h1><p>${words.text}</p>${wait}${ask}</main></body></html>`
  );
}

function describeWait(seconds: number): string {
  if (seconds < 90) return `in ${seconds} ${seconds === 1 ? "second" : "seconds"}`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 120) return `in ${minutes} minutes`;
  const hours = Math.ceil(minutes / 60);
  return hours < 48 ? `in ${hours} hours` : `in ${Math.ceil(hours / 24)} days`;
}

const STYLE =
  ":root{color-scheme:light dark;--ink:#1c2430;--soft:#566173;--paper:#f5f6f8;--card:#fff;" +
  "--line:#dde1e7}@media(prefers-color-scheme:dark){:root{--ink:#e8ebf0;--soft:#a3adbb;" +
  "--paper:#14181f;--card:#1c222b;--line:#303844}}*{box-sizing:border-box}body{margin:0;" +
  "min-height:100vh;display:grid;place-items:center;padding:24px;background:var(--paper);" +
  "color:var(--ink);font:16px/1.6 system-ui,sans-serif}main{width:100%;max-width:440px;" +
  "padding:32px;background:var(--card);border:1px solid var(--line);border-radius:12px}" +
  "h1{margin:0 0 8px;font-size:22px;line-height:1.3}p{margin:0 0 12px;color:var(--soft)}" +
  ".id{margin:0;padding:10px 12px;border:1px solid var(--line);border-radius:8px;" +
  "color:var(--ink);font:600 15px/1.4 ui-monospace,monospace;overflow-wrap:anywhere;" +
  "user-select:all}";

/** The page's one style block by its hash would be exact; the page holds no other markup. */
export const REFUSAL_HEADERS = {
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "x-frame-options": "DENY",
} as const;
