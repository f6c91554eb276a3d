/** What a SCIM error response says (RFC 7644 §3.12). */
import type { EventError } from "../../event.ts";
import { classify, codeIn } from "../errors.ts";
import { anyCase, type JsonObject, objectsOf } from "../read.ts";
import { text } from "./resource.ts";

/**
 * @param response the error's body; SCIM 1.1 wraps it in `Errors`.
 * @param words what the record says beside it.
 */
export function scimErrorOf(
  status: number | null,
  response: JsonObject | null,
  words: string | null,
): EventError {
  const older = objectsOf(anyCase(response, "Errors"))[0] ?? null;
  const message =
    text(response, "detail") ?? text(older, "description") ?? words ?? text(response, "message");
  const scimType = text(response, "scimType");
  const code = message === null ? null : codeIn(message);
  return {
    class: classify(code, status, scimType, message),
    code,
    httpStatus: status,
    scimType,
    message,
    advice: null,
  };
}
