// The rules that a new password keeps, as lines of text, and which of them it keeps already.
import type { PasswordRulesAnswer } from "../../api/passwords-api.ts";
import { passwordLength } from "../../core/identity/password-rules.ts";

export type RuleLine = {
  readonly text: string;
  /** Null: only the server can say, when the password is sent. */
  readonly isKept: boolean | null;
};

/** A character is what Unicode calls one, as on the server. */
export function ruleLines(rules: PasswordRulesAnswer, password: string): readonly RuleLine[] {
  const length = passwordLength(password);
  const lines: RuleLine[] = [
    { text: `At least ${rules.charactersMin} characters`, isKept: length >= rules.charactersMin },
  ];
  if (rules.needsMixedCharacters) {
    lines.push({ text: "An uppercase letter, A to Z", isKept: /[A-Z]/.test(password) });
    lines.push({ text: "A lowercase letter, a to z", isKept: /[a-z]/.test(password) });
    lines.push({ text: "A number, 0 to 9", isKept: /[0-9]/.test(password) });
  }
  if (length > rules.charactersMax) {
    lines.push({ text: `At most ${rules.charactersMax} characters`, isKept: false });
  }
  lines.push({ text: "Not a common password, your name or your address", isKept: null });
  if (rules.notOneOfLast !== null) {
    const { notOneOfLast } = rules;
    const text =
      notOneOfLast === 1 ? "Not the present password" : `Not one of your last ${notOneOfLast}`;
    lines.push({ text, isKept: null });
  }
  return lines;
}

/** What is seen to be missing before anything is sent; null: nothing. */
export function checkTypedPassword(rules: PasswordRulesAnswer, password: string): string | null {
  if (password === "") return "Choose a password.";
  const missing = ruleLines(rules, password).filter(({ isKept }) => isKept === false);
  return missing.length === 0 ? null : `Still missing: ${missing.map(lowerText).join("; ")}.`;
}

function lowerText({ text }: RuleLine): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
