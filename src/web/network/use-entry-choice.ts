// Which entries are chosen; they stay chosen when they are scrolled or searched away.
import { useCallback, useState } from "react";
import type { EntryAnswer } from "./address-entry-queries.ts";

export type EntryChoice = {
  readonly chosen: ReadonlyMap<number, EntryAnswer>;
  readonly choose: (entry: EntryAnswer, isChosen: boolean) => void;
  readonly chooseAll: (entries: readonly EntryAnswer[]) => void;
  readonly clear: () => void;
};

const NONE: ReadonlyMap<number, EntryAnswer> = new Map();

export function useEntryChoice(): EntryChoice {
  const [chosen, setChosen] = useState(NONE);
  const choose = useCallback((entry: EntryAnswer, isChosen: boolean) => {
    setChosen((before) => {
      const next = new Map(before);
      if (isChosen) next.set(entry.id, entry);
      else next.delete(entry.id);
      return next;
    });
  }, []);
  return {
    chosen,
    choose,
    chooseAll: (entries) => setChosen(new Map(entries.map((entry) => [entry.id, entry]))),
    clear: () => setChosen(NONE),
  };
}
