// Tells the rules that a user's next password has to keep.
import type { PasswordRulesAnswer } from "../../../api/passwords-api.ts";
import type { UserAuthenticationRules } from "../../../core/identity/identity-policy.ts";
import {
  PASSWORD_CHARACTERS_MAX,
  passwordCharactersMin,
} from "../../../core/identity/password-rules.ts";

export function describeRules(rules: UserAuthenticationRules): PasswordRulesAnswer {
  const { mixedCharacters, history, expiry } = rules;
  return {
    charactersMin: passwordCharactersMin(rules),
    charactersMax: PASSWORD_CHARACTERS_MAX,
    needsMixedCharacters: mixedCharacters.enabled,
    notOneOfLast: history.enabled ? history.passwords : null,
    expiresAfterDays: expiry.enabled ? expiry.days : null,
  };
}
