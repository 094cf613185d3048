// Who, where and when: the facts of one event.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { EventAnswer } from "../../api/journal-api.ts";
import { FactList } from "../accounts/fact-list.tsx";
import type { Fact } from "../accounts/fact-list.tsx";
import { describeCountry } from "../identity/describe-country.ts";
import { actorName } from "../shell/actor-name.ts";
import { TextLink } from "../shell/page-links.tsx";
import { changedLines, detailLines } from "./detail-lines.ts";
import { momentText, utcText } from "./moment-text.ts";
import { surfaceName } from "./surface-words.ts";

export function EventFacts({ event }: { readonly event: EventAnswer }) {
  const { country, surface, account, actor, detail, userId } = event;
  const { method, host, path, userAgent, readings, range, ...rest } = detail;
  const others = range === event.address ? rest : { range, ...rest };
  const request = [method, `${textOf(host)}${textOf(path)}`].map(textOf).filter(isThere).join(" ");
  return (
    <FactList
      facts={[
        { name: "When", value: <When event={event} /> },
        ...fact("Address", event.address, (address) => (
          <>
            <bdi>{address}</bdi>
            {country === null ? "" : ` · ${describeCountry(country)}`}{" "}
            <ActivityLink search={{ address }}>Its activity</ActivityLink>
          </>
        )),
        ...fact("Surface", surface, surfaceName),
        ...fact("Account", account, (code) => code),
        ...fact("By", actor, actorName),
        ...fact("User", userId, (id) => (
          <>
            {textOf(detail["email"]) === "" ? "" : `${textOf(detail["email"])} `}
            <TextLink to="/users/$id" params={{ id }} size="sm">
              Open the user
            </TextLink>{" "}
            <ActivityLink search={{ user: id }}>Their activity</ActivityLink>
          </>
        )),
        ...fact("Came of", textOf(detail["decisionId"]), (decision) => (
          <ActivityLink search={{ decision }}>The decision that led to it</ActivityLink>
        )),
        ...fact("Request", request, (text) => <Foreign text={text} />),
        ...fact("User agent", textOf(userAgent), (text) => <Foreign text={text} />),
        ...detailLines(withoutTwice(others, userId !== null), momentText).map(foreignFact),
        ...changedLines(detail).map(foreignFact),
        // A path that can be read in more than one way is decided in each (RFC 3986, 6.2).
        ...(typeof readings === "number" && readings > 1
          ? [{ name: "Path read in", value: `${readings} ways; the strictest answer holds` }]
          : []),
      ]}
    />
  );
}

function withoutTwice(
  { email, ...others }: Readonly<Record<string, unknown>>,
  isUserShown: boolean,
): Readonly<Record<string, unknown>> {
  const { aggregated: _aggregated, stepsAreOf: _example, ...rest } = others;
  return isUserShown ? rest : { ...(email === undefined ? {} : { email }), ...rest };
}

function When({ event }: { readonly event: EventAnswer }) {
  const [firstMs, lastMs] = [Date.parse(event.firstAt), Date.parse(event.lastAt)];
  return (
    <>
      {momentText(lastMs)}
      {event.count === 1 ? "" : ` · ${event.count.toLocaleString("en")} times since `}
      {event.count === 1 ? "" : momentText(firstMs)}
      <Text span display="block" size="xs" c="dimmed">
        {utcText(lastMs)}
      </Text>
    </>
  );
}

type ActivityLinkProps = {
  readonly search: Readonly<Record<string, string>>;
  readonly children: ReactNode;
};

function ActivityLink({ search, children }: ActivityLinkProps) {
  return (
    <TextLink to="/activity" search={search as never} size="sm">
      {children}
    </TextLink>
  );
}

/** Written by whoever sent the request: of any length, in letters of any direction. */
function Foreign({ text }: { readonly text: string }) {
  return (
    <Text span size="sm" lineClamp={6}>
      <bdi>{text}</bdi>
    </Text>
  );
}

function foreignFact({ name, value }: { readonly name: string; readonly value: string }): Fact {
  return { name, value: <Foreign text={value} /> };
}

function fact(
  name: string,
  value: string | null,
  show: (value: string) => ReactNode,
): readonly Fact[] {
  return value === null || value === "" ? [] : [{ name, value: show(value) }];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isThere(text: string): boolean {
  return text !== "";
}
