/** Where the server under test answers. */
function printedAddress(): string {
  const address = process.env.ROLLCALL_E2E_ADDRESS;
  if (!address) throw new Error("The server under test has not been started.");
  return address;
}

/** The address printed at the start, which signs in. */
export const openAddress = printedAddress();
export const origin = new URL(openAddress).origin;
