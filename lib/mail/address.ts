/** E-mail addresses that can stand in an envelope and a header as they are. */

/** RFC 5321 §4.5.3.1. */
const MAX_LENGTH = 254;
/** No quoted local parts and no domain literals: nothing that an address could end, or another begin, in. */
const ADDRESS = /^[^\s\p{Cc}"(),:;<>@[\\\]]{1,64}@[^\s\p{Cc}"(),:;<>@[\\\]]+$/u;

/** The address without space around it; null when it is none that mail is sent to. */
export function addressOf(text: string): string | null {
  const address = text.trim();
  return address.length <= MAX_LENGTH && ADDRESS.test(address) ? address : null;
}
