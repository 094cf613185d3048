// How long a ban still lasts, counted down for the eyes; one clock for all of a list.
import { Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";
import { describeBanRest } from "./ban-rest.ts";

const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "medium" });

/** Now, each second. */
export function useNowMs(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}

/** No live region: fifty of them would talk all the time. */
export function BanCountdown(props: { readonly endsAt: string; readonly nowMs: number }) {
  const endsAtMs = Date.parse(props.endsAt);
  return (
    <Tooltip
      label={`Ends ${exact.format(endsAtMs)}`}
      events={{ hover: true, focus: true, touch: true }}
    >
      <time dateTime={props.endsAt} tabIndex={0} style={{ whiteSpace: "nowrap" }}>
        {describeBanRest(endsAtMs - props.nowMs)}
      </time>
    </Tooltip>
  );
}
