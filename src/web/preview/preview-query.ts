// Asks what changes would do to those who came lately.
import { queryOptions } from "@tanstack/react-query";
import type { PreviewAnswer, PreviewedChange, PreviewPeriod } from "../../api/preview-api.ts";
import { answerOf, api } from "../api/api.ts";

export type PreviewQuestion = {
  readonly period: PreviewPeriod;
  readonly changes: readonly PreviewedChange[];
};

/** What was looked at does not go stale while the same change is looked at. */
export function previewQuery({ period, changes }: PreviewQuestion) {
  return queryOptions({
    queryKey: ["preview", period, changes] as const,
    queryFn: ({ signal }): Promise<PreviewAnswer> =>
      answerOf(api.POST("/api/v1/previews", { body: { period, changes: [...changes] }, signal })),
    retry: false,
    staleTime: 60_000,
  });
}
