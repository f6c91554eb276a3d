/** Records that fail, for tests. */

/** An Okta record of an attempt at an application, on a day of 2026 and an hour of it. */
export function attempt(
  day: number,
  name: string,
  { failed = true, application = "Chat", reason = "429 Too Many Requests", hour = 0 } = {},
): string {
  const at = Date.UTC(2026, 0, day, hour);
  return JSON.stringify({
    uuid: `${application}-${name}-${at}-${failed}`,
    published: new Date(at).toISOString(),
    eventType: "application.provision.user.push",
    actor: { id: "system", type: "SystemPrincipal", alternateId: "system", displayName: "Okta" },
    outcome: failed ? { result: "FAILURE", reason } : { result: "SUCCESS", reason: null },
    target: [
      { id: `0oa-${application}`, type: "AppInstance", alternateId: application, displayName: application },
      { id: `00u-${name}`, type: "User", alternateId: `${name}@larkspur.example`, displayName: name },
      { id: `0ua-${name}`, type: "AppUser", alternateId: `${name}@larkspur.example`, displayName: name },
    ],
  });
}
