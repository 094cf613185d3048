// Links to other pages of the console, in the look of a button or of text.
import { Anchor, Button } from "@mantine/core";
import type { AnchorProps, ButtonProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import { forwardRef } from "react";
import type { ComponentPropsWithoutRef } from "react";

type AnchorAttributes = ComponentPropsWithoutRef<"a">;

/** `<ButtonLink to="/users">`; its addresses are checked by the compiler. */
export const ButtonLink = createLink(
  forwardRef<HTMLAnchorElement, ButtonProps & Omit<AnchorAttributes, keyof ButtonProps>>(
    function PlainButtonLink(props, ref) {
      return <Button component="a" ref={ref} {...props} />;
    },
  ),
);

export const TextLink = createLink(
  forwardRef<HTMLAnchorElement, AnchorProps & Omit<AnchorAttributes, keyof AnchorProps>>(
    function PlainTextLink(props, ref) {
      return <Anchor ref={ref} {...props} />;
    },
  ),
);
