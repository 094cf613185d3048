// Judges the conditions of a request by the entity tag of what there is (RFC 9110 section 13).

export type Conditions = {
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
};

export type ConditionVerdict = "go-on" | "not-modified" | "precondition-failed";

// Quotes around anything printable but quotes (section 8.8.3); commas may be within.
const TAG = /(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g;

/**
 * For GET and HEAD of something that exists, in the order of section 13.2.2. Dates are not
 * looked at: a recording has no time of change.
 * @param tag strong, with its quotes
 */
export function judgeConditions(conditions: Conditions, tag: string): ConditionVerdict {
  const { ifMatch, ifNoneMatch } = conditions;
  if (ifMatch !== undefined && !isListed(ifMatch, tag, "strong")) return "precondition-failed";
  if (ifNoneMatch !== undefined && isListed(ifNoneMatch, tag, "weak")) return "not-modified";
  return "go-on";
}

/**
 * Whether a Range counts: If-Range names exactly what there is, or is not sent. A date never
 * does (section 13.1.5), so that no part of one file is put beside a part of another.
 */
export function isRangeCurrent(ifRange: string | undefined, tag: string): boolean {
  return ifRange === undefined || ifRange === tag;
}

function isListed(list: string, tag: string, comparison: "strong" | "weak"): boolean {
  if (list.trim() === "*") return true;
  const tags = list.match(TAG) ?? [];
  return tags.some((one) => one === tag || (comparison === "weak" && one === `W/${tag}`));
}
