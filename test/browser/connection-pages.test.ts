// What people see of single sign-on, in every state: readable for everybody, and on a phone.

import { describe } from "vitest";
import { checkPages } from "./check-pages.ts";
import { CONNECTION_PAGES } from "./connection-pages.ts";
import { seedEverybody } from "./seed-people.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal({ seeds: seedEverybody });

describe("each page of single sign-on", () => {
  checkPages(suite, CONNECTION_PAGES);
});
