// Says how hard a password is to guess, and whether it is one that everybody tries first.
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary as shared } from "@zxcvbn-ts/language-common";
import { dictionary as english, translations } from "@zxcvbn-ts/language-en";
import { findPlainPattern } from "./plain-pattern.ts";

/**
 * What zxcvbn looks at. Its time grows much faster than the length (ten times from 32 to 64 made
 * characters), and what is longer is hard to guess by its length. With these two a question takes
 * some 20 ms at most.
 */
const ASSESSED_CHARACTERS_MAX = 32;
const SUBSTITUTIONS_MAX = 4;
/** What is left without the end: shorter, or digits only, it proves nothing. */
const STEM_CHARACTERS_MIN = 4;

export type PasswordAssessment = {
  /** 0 is guessed at once, 4 very hard. */
  readonly score: number;
  readonly isCommon: boolean;
  readonly warning: string | null;
  readonly suggestions: readonly string[];
};

export type PasswordAssessor = {
  readonly isCommon: (password: string) => boolean;
  readonly assess: (password: string, words: readonly string[]) => PasswordAssessment;
};

/** Takes 0.3 s to make and some 20 ms to ask: used in a thread of its own. */
export function createPasswordAssessor(): PasswordAssessor {
  const common = new Set((shared["passwords-common"] ?? []).map(String));
  const zxcvbn = new ZxcvbnFactory({
    dictionary: { ...shared, ...english },
    graphs: adjacencyGraphs,
    translations,
    maxLength: ASSESSED_CHARACTERS_MAX,
    l33tMaxSubstitutions: SUBSTITUTIONS_MAX,
  });

  /** NIST SP 800-63B, 3.1.1.2. A digit or two at the end is what everybody adds first. */
  function isCommon(password: string): boolean {
    const plain = password.toLowerCase();
    if (common.has(plain) || findPlainPattern(plain) !== null) return true;
    const stem = plain.replace(/[0-9!?.*#$]{1,6}$/u, "");
    return stem.length >= STEM_CHARACTERS_MIN && /\D/.test(stem) && common.has(stem);
  }

  function assess(password: string, words: readonly string[]): PasswordAssessment {
    const { score, feedback } = zxcvbn.check(password, [...words]);
    if (!isCommon(password)) return { score, isCommon: false, ...feedback };
    const warning = "This is one of the passwords that are tried first.";
    return { score: 0, isCommon: true, warning, suggestions: feedback.suggestions };
  }

  return { isCommon, assess };
}
