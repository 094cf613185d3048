// Says how the console becomes files in dist/web, and where it finds the API while it is written.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import type { Plugin } from "vite";

const directory = fileURLToPath(new URL("../../dist/web", import.meta.url));

/** Pages and dialogs that are loaded when they are opened. */
const SHARED_BY_MIN = 14;

/** Written once here, so that no request has to wait for it. */
function compressAssets(): Plugin {
  return {
    name: "compress-assets",
    apply: "build",
    writeBundle: () => {
      const assets = join(directory, "assets");
      for (const name of readdirSync(assets)) {
        if (!/\.(js|css)$/.test(name)) continue;
        const path = join(assets, name);
        writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/postern/",
  plugins: [react(), compressAssets()],
  build: {
    outDir: directory,
    emptyOutDir: true,
    // The content security policy allows no data: scripts or fonts.
    assetsInlineLimit: 0,
    target: "es2022",
    // The coastlines of the world map are 756 kB, data of one piece that only the map asks for.
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Every file is a request, which counts against the hard limit of an office that shares
          // one address. Shared by fewer, each set of pages would get one file more than it needs.
          groups: [{ name: "common", minShareCount: SHARED_BY_MIN }],
        },
      },
    },
  },
  server: {
    // A Postern that runs beside it: LISTEN=127.0.0.1:8080 npm run dev
    proxy: { "/postern/api/v1": { target: "http://127.0.0.1:8080" } },
  },
});
