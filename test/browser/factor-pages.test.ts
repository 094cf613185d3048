// The pages of second factors in every state: readable for everybody, and on a phone.

import { describe } from "vitest";
import { checkPages } from "./check-pages.ts";
import { FACTOR_PAGES } from "./console-pages.ts";
import { seedEverybody } from "./seed-people.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal({ seeds: seedEverybody });

describe("each page of second factors", () => {
  checkPages(suite, FACTOR_PAGES);
});
