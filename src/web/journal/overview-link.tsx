// A link from a figure of Overview to the events behind it.
import type { ReactNode } from "react";
import { TextLink } from "../shell/page-links.tsx";
import { activitySearch } from "./activity-search.ts";
import type { ActivitySearch, OverviewView } from "./activity-search.ts";

export type OverviewLinkProps = {
  readonly view: OverviewView;
  readonly filter: ActivitySearch;
  readonly children: ReactNode;
};

export function OverviewLink({ view, filter, children }: OverviewLinkProps) {
  return (
    <TextLink to="/activity" search={activitySearch(view, filter) as never} inherit>
      {children}
    </TextLink>
  );
}
