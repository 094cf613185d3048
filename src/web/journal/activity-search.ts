// Where a figure of Overview leads: Activity with the filter that shows what was counted.

export type ActivitySearch = Readonly<Record<string, string>>;

export type OverviewView = {
  readonly period: string;
  /** An account's code; null: all there is to see. */
  readonly account: string | null;
};

/** @param filter as the API's, such as `{ verdict: "refuse", country: "NZ" }` */
export function activitySearch(view: OverviewView, filter: ActivitySearch): ActivitySearch {
  const { period, account } = view;
  const since = "since" in filter ? {} : { period };
  return { ...since, ...(account === null ? {} : { account }), ...filter };
}

/** Of a link that is no router's, as on a map. */
export function activityHref(search: ActivitySearch): string {
  return `/postern/activity?${new URLSearchParams(search).toString()}`;
}
