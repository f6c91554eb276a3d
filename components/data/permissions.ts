"use client";
/** What whoever is signed in may do, for what is shown to some only. The server asks again. */
import { createContext, useContext } from "react";
import type { Permission } from "../../lib/auth/permissions.ts";

export const Permissions = createContext<readonly Permission[]>([]);

export const useMay = (permission: Permission): boolean => useContext(Permissions).includes(permission);
