// The pages of a stand-in: who signs in, what is allowed, signing out, and what went wrong.

export type StandInForm = {
  /** As people call it, such as Google. */
  readonly brand: string;
  readonly action: string;
};

export type StandInTyped = {
  readonly address: string;
  /** Why it did not do. */
  readonly complaint: string | null;
};

const STYLE =
  "body{font:16px/1.5 sans-serif;max-width:28rem;margin:3rem auto;padding:0 1rem;color:#1f1f1f}" +
  "label{display:block;margin:1rem 0 .25rem}input[type=email]{width:100%;font:inherit;" +
  "padding:.5rem;box-sizing:border-box}button{font:inherit;padding:.5rem 1rem;" +
  "margin:1rem 1rem 0 0}.note{color:#575757;font-size:.875rem}";

const CANCEL = '<button name="answer" value="cancel" formnovalidate>Cancel</button>';

export function signInPage(form: StandInForm, typed: StandInTyped): string {
  const body = `
    ${addressField(typed)}
    <label><input type="checkbox" name="factor" value="asked"> Asked for a second factor</label>
    <button name="answer" value="sign-in">Sign in</button>
    ${CANCEL}`;
  return page(form.brand, `Sign in to ${form.brand}`, inForm(form, body));
}

/** Asks for the address alone, where it leads on to the page of the one who knows it. */
export function choosePage(form: StandInForm, typed: StandInTyped): string {
  const body = `
    ${addressField(typed)}
    <button>Next</button>`;
  return page(form.brand, `Whose account at ${form.brand}?`, inForm(form, body));
}

export function consentPage(form: StandInForm, scopes: readonly string[]): string {
  const items = scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join("");
  const body = `
    <ul>${items}</ul>
    <button name="answer" value="allow">Allow</button>
    ${CANCEL}`;
  return page(form.brand, "Allow Postern to know who you are?", inForm(form, body));
}

/** `form`: oidc-provider's, without buttons, which are tied to it by its id. */
export function signOutPage(brand: string, form: string): string {
  const body = `${form}
    <button form="op.logoutForm" name="logout" value="yes">Sign out</button>
    <button form="op.logoutForm">Stay signed in</button>`;
  return page(brand, `Sign out of ${brand}?`, body);
}

export function messagePage(brand: string, title: string, text: string): string {
  return page(brand, title, `<p>${escapeHtml(text)}</p>`);
}

function addressField({ address, complaint }: StandInTyped): string {
  return `${complaint === null ? "" : `<p role="alert">${escapeHtml(complaint)}</p>`}
    <label for="address">Address</label>
    <input id="address" name="address" type="email" value="${escapeHtml(address)}" required>`;
}

function inForm({ action }: StandInForm, body: string): string {
  return `<form method="post" action="${escapeHtml(action)}">${body}
    </form>`;
}

/** With an icon, so that browsers ask for none; nothing comes from elsewhere. */
function page(brand: string, title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${brand} stand-in</title>
    <link rel="icon" href="data:,">
    <style>${STYLE}</style>
  </head>
  <body>
    <h1>${title}</h1>
    ${body}
    <p class="note">A stand-in for ${brand} on this machine. It asks for no passwords.</p>
  </body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
