/** Why a delivery is not taken: told to whoever sent it, and to people on the Sources page. Holds nothing of what was sent. */
export class PushRefusal extends Error {
  override name = "PushRefusal";
  /** @param status of HTTP. @param code as the kind's protocol has it. */
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** The refusal as the API says it. */
export const refusalAsJson = ({ status, code, message, headers }: PushRefusal): Response =>
  Response.json({ error: { code, message } }, { status, headers });

/** What may go well later: senders try again. @param seconds after which it is worth trying. */
export const tryAgain = (message: string, seconds: number): PushRefusal =>
  new PushRefusal(503, "unavailable", message, { "retry-after": String(seconds) });
