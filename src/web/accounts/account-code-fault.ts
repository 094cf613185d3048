// Says as one types what an account's code may be.
import { isAccountCode } from "../../core/accounts/account.ts";

export function accountCodeFault(text: string): string | null {
  if (isAccountCode(text)) return null;
  if (text === "platform") return "The code platform stands for the platform itself.";
  return "Lower-case letters a to z, digits, and hyphens between them; at most 32.";
}
