// A unified difference as text: what was taken out and put in, by sign and by colour.
import { Code } from "@mantine/core";

const COLORS: Readonly<Record<string, string>> = {
  "+": "var(--postern-good)",
  "-": "var(--postern-bad)",
};

/** Without the lines that name files, of which there are none. */
export function DiffText({ diff }: { readonly diff: string }) {
  const lines = diff.trimEnd().split("\n");
  return (
    // Scrolls sideways where it is narrow, also by keys.
    <Code block role="group" aria-label="The difference as text" tabIndex={0}>
      {lines
        .filter((line) => !/^(---|\+\+\+) /.test(line))
        .map((line, index) => (
          // Lines repeat, and never change their places.
          <span key={`${index} ${line}`} style={{ color: COLORS[line.slice(0, 1)] }}>
            {`${line}\n`}
          </span>
        ))}
    </Code>
  );
}
