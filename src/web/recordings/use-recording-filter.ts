// The filter of the library: what is typed, and what stands in the page's address.
import { useNavigate } from "@tanstack/react-router";
import { useSearchText } from "../accounts/search-field.tsx";
import type { SearchText } from "../accounts/search-field.tsx";
import { useUrlFilter } from "../shell/url-filter.ts";
import { isLengthName } from "./recording-filter.ts";
import type { RecordingFilter } from "./recording-filter.ts";

type Change = (value: string | null) => void;

export type RecordingFiltering = {
  readonly filter: RecordingFilter;
  readonly search: SearchText;
  readonly number: SearchText;
  readonly caller: SearchText;
  readonly setAccount: Change;
  readonly setFrom: Change;
  readonly setTo: Change;
  readonly setLength: Change;
  readonly clear: () => void;
};

export function useRecordingFilter(): RecordingFiltering {
  const search = useSearchText();
  const number = useSearchText();
  const caller = useSearchText();
  const [account, setAccount] = useUrlFilter("account");
  const [from, setFrom] = useUrlFilter("from");
  const [to, setTo] = useUrlFilter("to");
  const [length, setLength] = useUrlFilter("length");
  const navigate = useNavigate();
  return {
    filter: {
      search: search.search,
      account,
      number: number.search,
      caller: caller.search,
      from,
      to,
      length: isLengthName(length) ? length : null,
    },
    search,
    number,
    caller,
    setAccount,
    setFrom,
    setTo,
    setLength,
    clear: () => {
      for (const { setText } of [search, number, caller]) setText("");
      void navigate({ to: ".", search: {} as never, replace: true });
    },
  };
}
