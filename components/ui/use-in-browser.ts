"use client";
/** Whether the page has come to life: what only the browser knows is drawn from then on. */
import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False on the server, and in the browser while the page comes to life: both must draw the same at first. */
export const useInBrowser = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
