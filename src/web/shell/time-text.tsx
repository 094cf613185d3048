// Shows an instant as people say it, with the exact time at hand.
import { Tooltip } from "@mantine/core";
import { describeTime } from "./describe-time.ts";

const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "medium" });

export type TimeTextProps = {
  readonly at: string | null;
  /** Stands there when there is no time. */
  readonly otherwise?: string;
};

export function TimeText({ at, otherwise = "never" }: TimeTextProps) {
  if (at === null) return <>{otherwise}</>;
  const atMs = Date.parse(at);
  return (
    <Tooltip label={exact.format(atMs)} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={at} tabIndex={0} style={{ whiteSpace: "nowrap" }}>
        {describeTime(atMs, Date.now())}
      </time>
    </Tooltip>
  );
}
