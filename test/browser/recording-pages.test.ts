// The library and the player in every state: readable for everybody, and on a phone.

import { describe } from "vitest";
import { checkPages } from "./check-pages.ts";
import { RECORDING_PAGES } from "./recording-pages.ts";
import { seedLibrary } from "./seed-recordings.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal({ seeds: seedLibrary });

describe("each page about recordings", () => {
  checkPages(suite, RECORDING_PAGES);
});
