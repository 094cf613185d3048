// Finds the decision id in what somebody pasted: a visitor's mail, a link, an id in groups.

/**
 * 20 letters a-z and digits 2-7, as on the page that refuses. Case, the words and dots around it,
 * and blanks within it are no part of it. Null: there is none, or more than one.
 */
export function readDecisionId(text: string): string | null {
  const small = text.toLowerCase();
  // A link to Activity may hold a user's id as well, which looks the same.
  const named = /[?&]decision=([a-z2-7]{20})\b/.exec(small)?.[1];
  if (named !== undefined) return named;
  const whole = new Set(small.split(/[^a-z0-9]+/).filter((word) => ID.test(word)));
  if (whole.size > 0) return whole.size === 1 ? ([...whole][0] ?? null) : null;
  // A mail broke it, or somebody wrote it in groups.
  const joined = small.replace(BLANKS, "").replace(/[.,;!]$/, "");
  return [joined, joined.replace(LABEL, "")].find((one) => ID.test(one)) ?? null;
}

const ID = /^[a-z2-7]{20}$/;
const BLANKS = /[\s\u200b-\u200d\u2060]+/g;
/** "Decision id: " and the like, once it has no blanks. */
const LABEL = /^(?:decision)?(?:id)?[:=]?/;
