// One difference between two versions of a rule, in words.
export type RuleChange = { readonly title: string; readonly from: string; readonly to: string };
