// The look: one accent colour, neutral surfaces, dense spacing, figures of one width.
import { createTheme } from "@mantine/core";
import type { CSSVariablesResolver, MantineColorsTuple } from "@mantine/core";

/** Shade 7 carries white text at 6.8:1, shade 3 is text on dark surfaces at 8:1. */
const HARBOUR: MantineColorsTuple = [
  "#e6f5f8",
  "#cfe9ef",
  "#a3d5e0",
  "#74c0d0",
  "#45a5b9",
  "#238ca2",
  "#157789",
  "#0e6377",
  "#0b5263",
  "#08404e",
];

const SLATE: MantineColorsTuple = [
  "#f5f6f8",
  "#eceff3",
  "#e3e7ec",
  "#dde1e7",
  "#c4cbd5",
  "#7d8797",
  "#566173",
  "#414b5b",
  "#2d3644",
  "#1c2430",
];

const NIGHT: MantineColorsTuple = [
  "#e8ebf0",
  "#c9d0d9",
  "#a3adbb",
  "#8b96a6",
  "#303844",
  "#29313c",
  "#222a34",
  "#1c222b",
  "#14181f",
  "#0e1116",
];

/** Mantine's own white text on red 6 has 3.9:1; this one has 5.6:1. */
const BRICK: MantineColorsTuple = [
  "#fdeeed",
  "#f9d9d7",
  "#f2b0ac",
  "#ec8a84",
  "#e4685f",
  "#d94b41",
  "#cc3b31",
  "#b42d24",
  "#96241c",
  "#781b15",
];

/** The head of a dialog is no banner of the page, and its cross needs a name. */
const DIALOG_PROPS = {
  overlayProps: { backgroundOpacity: 0.45 },
  closeButtonProps: { "aria-label": "Close" },
  attributes: { header: { role: "presentation" } },
};
const DIALOG_STYLES = { title: { fontSize: "17px", fontWeight: 650, lineHeight: 1.35 } };

export const theme = createTheme({
  colors: { harbour: HARBOUR, gray: SLATE, dark: NIGHT, red: BRICK },
  primaryColor: "harbour",
  primaryShade: { light: 7, dark: 7 },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: "12px", sm: "14px", md: "15px", lg: "17px", xl: "20px" },
  lineHeights: { xs: "1.45", sm: "1.5", md: "1.55", lg: "1.55", xl: "1.5" },
  headings: {
    fontWeight: "620",
    sizes: {
      h1: { fontSize: "24px", lineHeight: "1.3" },
      h2: { fontSize: "17px", lineHeight: "1.4" },
      h3: { fontSize: "15px", lineHeight: "1.45" },
    },
  },
  components: {
    Modal: {
      defaultProps: { centered: true, ...DIALOG_PROPS },
      styles: DIALOG_STYLES,
    },
    Drawer: { defaultProps: { position: "right", ...DIALOG_PROPS }, styles: DIALOG_STYLES },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
    // What has to be filled in is the rule; what need not be says "(optional)".
    InputWrapper: { defaultProps: { withAsterisk: false } },
    Table: { defaultProps: { verticalSpacing: "xs", horizontalSpacing: "sm" } },
    Card: { defaultProps: { withBorder: true, padding: "lg", radius: "lg" } },
    Anchor: { defaultProps: { underline: "always" } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--postern-paper": SLATE[0],
    "--postern-line": SLATE[3],
    "--postern-field-line": "#818b99",
    "--postern-good": "#1d6b3a",
    "--postern-warn": "#8a5300",
    "--postern-bad": BRICK[7],
    "--mantine-color-text": SLATE[9],
    "--mantine-color-dimmed": SLATE[6],
    "--mantine-color-placeholder": SLATE[5],
    "--mantine-color-anchor": HARBOUR[7],
    "--mantine-color-red-light": BRICK[0],
    // Mantine's own orange on yellow has 2.7:1; this one has 5.9:1.
    "--mantine-color-yellow-light": "#fdf3dc",
    "--mantine-color-yellow-light-color": "#8a5300",
    "--mantine-color-harbour-light": HARBOUR[0],
    "--mantine-color-harbour-light-hover": HARBOUR[1],
    "--mantine-color-harbour-light-color": HARBOUR[8],
    "--mantine-color-error": BRICK[7],
    "--mantine-color-default-border": SLATE[4],
  },
  dark: {
    "--postern-paper": NIGHT[8],
    "--postern-line": NIGHT[4],
    "--postern-field-line": "#6d7988",
    "--postern-good": "#6fcf97",
    "--postern-warn": "#f0b45a",
    "--postern-bad": BRICK[3],
    "--mantine-color-text": NIGHT[0],
    "--mantine-color-dimmed": NIGHT[2],
    "--mantine-color-placeholder": NIGHT[3],
    "--mantine-color-anchor": HARBOUR[3],
    "--mantine-color-disabled": "#303844",
    "--mantine-color-disabled-color": NIGHT[2],
    "--mantine-color-red-light": "rgba(236, 138, 132, 0.14)",
    "--mantine-color-yellow-light": "rgba(240, 180, 90, 0.14)",
    "--mantine-color-yellow-light-color": "#f0b45a",
    "--mantine-color-harbour-light": "rgba(69, 165, 185, 0.16)",
    "--mantine-color-harbour-light-hover": "rgba(69, 165, 185, 0.22)",
    "--mantine-color-harbour-light-color": HARBOUR[2],
    "--mantine-color-error": BRICK[3],
    "--mantine-color-default-border": "#3c4654",
  },
});
