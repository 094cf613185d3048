// A mail before it has a form: the same words become its plain text and its HTML.

export type Letter = {
  /** One line. */
  readonly subject: string;
  readonly before: readonly string[];
  /** Six digits, for the eye and the clipboard: they stand alone. */
  readonly code?: string;
  readonly action: { readonly label: string; readonly url: string } | null;
  /** What happened: when, from where, with what. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly after: readonly string[];
  readonly footer: string;
};

export function toText(letter: Letter): string {
  const { before, code, action, facts, after, footer } = letter;
  const parts = [
    ...before,
    ...(code === undefined ? [] : [code]),
    ...(action === null ? [] : [`${action.label}:\n${action.url}`]),
    ...(facts.length === 0 ? [] : [facts.map(([name, value]) => `${name}: ${value}`).join("\n")]),
    ...after,
    `-- \n${footer}`,
  ];
  return `${parts.join("\n\n")}\n`;
}

const STYLE = {
  page: "margin:0;padding:24px;background:#f4f5f7;color:#1c2430;font:16px/1.5 sans-serif",
  card: "max-width:560px;margin:0 auto;padding:28px;background:#ffffff;border-radius:8px",
  title: "margin:0 0 16px;font-size:20px",
  text: "margin:0 0 16px",
  code: "margin:0 0 16px;font:bold 32px/1.2 monospace;letter-spacing:6px",
  button:
    "display:inline-block;padding:10px 18px;border-radius:6px;background:#1f5fbf;color:#ffffff;" +
    "text-decoration:none;font-weight:bold",
  small: "margin:0 0 16px;font-size:13px;color:#55606e;word-break:break-all",
  name: "padding:2px 16px 2px 0;color:#55606e;text-align:left;font-weight:normal",
  table: "margin:0 0 16px;border-collapse:collapse;font-size:14px",
  footer: "max-width:560px;margin:16px auto 0;font-size:12px;color:#55606e",
} as const;

/** No image, script or style sheet: opening the mail asks nobody for anything. */
export function toHtml(letter: Letter): string {
  const { subject, before, code, action, facts, after, footer } = letter;
  const body = [
    `<h1 style="${STYLE.title}">${escapeHtml(subject)}</h1>`,
    ...before.map(toParagraph),
    ...(code === undefined ? [] : [`<p style="${STYLE.code}">${escapeHtml(code)}</p>`]),
    ...(action === null ? [] : [toButton(action)]),
    ...(facts.length === 0 ? [] : [toTable(facts)]),
    ...after.map(toParagraph),
  ];
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<title>${escapeHtml(subject)}</title></head><body style="${STYLE.page}">`,
    `<div style="${STYLE.card}">`,
    ...body,
    "</div>",
    `<p style="${STYLE.footer}">${escapeHtml(footer)}</p>`,
    "</body></html>",
    "",
  ].join("\n");
}

function toParagraph(text: string): string {
  return `<p style="${STYLE.text}">${escapeHtml(text)}</p>`;
}

/** The address stands below as text too: some readers show no buttons. */
function toButton({ label, url }: { readonly label: string; readonly url: string }): string {
  const href = escapeHtml(url);
  const button = `<a style="${STYLE.button}" href="${href}">${escapeHtml(label)}</a>`;
  return [`<p style="${STYLE.text}">${button}</p>`, `<p style="${STYLE.small}">${href}</p>`].join(
    "\n",
  );
}

function toTable(facts: Letter["facts"]): string {
  const rows = facts.map(
    ([name, value]) =>
      `<tr><th scope="row" style="${STYLE.name}">${escapeHtml(name)}</th>` +
      `<td>${escapeHtml(value)}</td></tr>`,
  );
  return `<table style="${STYLE.table}">${rows.join("")}</table>`;
}

/** For text and for attributes in double quotes. */
function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
