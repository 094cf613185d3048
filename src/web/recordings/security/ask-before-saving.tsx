// Asks before a rule is saved that takes access away or opens recordings to more people.
import { List, Stack, Text } from "@mantine/core";
import type { AudioPreviewAnswer } from "../../../api/audio-download-api.ts";
import type { AudioPolicy } from "../../../core/recordings/audio-policy.ts";
import { countOf } from "../../accounts/user-words.ts";
import { askToConfirm } from "../../shell/ask-to-confirm.tsx";
import { listSome, veryWideEntries } from "./audio-draft.ts";
import { describeOpened, shutsOutManager } from "./opened-by-change.ts";
import { nameVisitor } from "./preview-words.ts";

export type AudioChange = {
  readonly from: AudioPolicy;
  readonly to: AudioPolicy;
  /** Null: it could not be had. */
  readonly preview: AudioPreviewAnswer | null;
  /** Whoever saves, and from where. */
  readonly me: { readonly email: string; readonly address: string };
};

const NAMED_MAX = 5;

/** Saves at once where nobody loses anything and nothing is opened. */
export function askBeforeSaving(change: AudioChange, save: () => Promise<void>): void {
  const { from, to, preview, me } = change;
  const opened = describeOpened(from, to);
  const wide = newlyWide(from, to);
  const isShutOut = shutsOutManager(from, to, me.address);
  const losers = preview?.lose.visitors ?? 0;
  if (preview !== null && losers + opened.length + wide.length === 0 && !isShutOut) {
    void save();
    return;
  }
  askToConfirm({
    title: "Save who may hear the recordings?",
    changes: (
      <Stack gap="xs">
        {isShutOut ? (
          <Text size="sm" fw={650}>
            You would lose access yourself: your address {me.address} is not on the whitelist.
          </Text>
        ) : null}
        {preview === null ? (
          <Text size="sm">It could not be found out who would lose access.</Text>
        ) : null}
        {preview === null || losers === 0 ? null : <Losers lose={preview.lose} email={me.email} />}
        {opened.map((sentence) => (
          <Text size="sm" key={sentence}>
            {sentence}
          </Text>
        ))}
        {wide.length === 0 ? null : (
          <Text size="sm" className="postern-breakable">
            The whitelist holds very large networks: {listSome(wide)}. Everybody in them counts as
            being at the office.
          </Text>
        )}
        <Text size="sm">It holds from the next request, and can be changed back at any time.</Text>
      </Stack>
    ),
    confirmLabel: "Save it",
    act: save,
  });
}

/** Asked about once, when they are entered or come into use. */
function newlyWide(from: AudioPolicy, to: AudioPolicy): readonly string[] {
  const known = new Set(veryWideEntries(from));
  return veryWideEntries(to).filter((entry) => !known.has(entry));
}

type LosersProps = { readonly lose: AudioPreviewAnswer["lose"]; readonly email: string };

function Losers({ lose, email }: LosersProps) {
  const names = [...new Set(lose.examples.map((visitor) => nameVisitor(visitor, email)))];
  return (
    <div>
      <Text size="sm">{countOf(lose.visitors, "visitor")} of the last days would lose access:</Text>
      <List size="sm">
        {names.slice(0, NAMED_MAX).map((name) => (
          <List.Item key={name} className="postern-breakable">
            {name}
          </List.Item>
        ))}
        {names.length > NAMED_MAX ? <List.Item>and others</List.Item> : null}
      </List>
    </div>
  );
}
