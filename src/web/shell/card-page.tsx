// The page around sign-in and the like.
import { Outlet } from "@tanstack/react-router";
import { CardFrame } from "./card-frame.tsx";

export function CardPage() {
  return (
    <CardFrame maxWidth={432}>
      <Outlet />
    </CardFrame>
  );
}
