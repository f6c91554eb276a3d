/** Whatever a drill might come to ask for, no account and no group but its own is ever changed. */
import { randomInt } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ScimRequest } from "../scim/call.ts";
import { type ScimService, type ServiceUser, scimService } from "../scim/testing.ts";
import { GuardProblem, guardedWrite, permit } from "./guard.ts";
import { marksOf } from "./state.ts";

const seed = randomInt(1_000_000_000);
const MARKS = marksOf("main", "6b0f7a0e-6f43-4d0e-9a3b-0f7a0e6f434d", "0123abcd", "example.invalid");
const OWN = "own-1";
const GROUP = "group-1";

/** Ids and names, the drill's own among many that look like them. */
const id = fc.constantFrom(OWN, "ann-1", "own-2", "", "..", "own-1/", "OWN-1", "%6fwn-1", GROUP, "group-2");
const userName = fc.constantFrom(
  MARKS.userName,
  MARKS.userName.toUpperCase(),
  "ann@larkspur.example",
  "rollcall-drill-ffffffff@example.invalid",
  `x${MARKS.userName}`,
);
const externalId = fc.constantFrom(MARKS.externalId, "rollcall-drill:main:other", "7", undefined);
const path = fc.oneof(
  fc.constantFrom("/Users", "/Groups", "/Bulk", "/Me", "/Users/.search", "/"),
  id.map((one) => `/Users/${one}`),
  id.map((one) => `/Groups/${one}`),
);
const operation = fc.oneof(
  fc.record({
    op: fc.constantFrom("replace", "add", "remove"),
    path: fc.constantFrom("active", "members", "userName"),
    value: fc.anything(),
  }),
  fc.record({
    op: fc.constant("add"),
    path: fc.constant("members"),
    value: fc.array(
      id.map((value) => ({ value })),
      { maxLength: 3 },
    ),
  }),
  id.map((one) => ({ op: "remove", path: `members[value eq "${one}"]` })),
  fc.constant({ op: "remove", path: "members" }),
);
const body = fc.oneof(
  fc.record({ userName, externalId, displayName: fc.constantFrom(MARKS.groupName, "Admins") }),
  fc.record({ Operations: fc.array(operation, { maxLength: 3 }) }),
  fc.constant(undefined),
);
const request: fc.Arbitrary<ScimRequest> = fc.record({
  method: fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE"),
  path,
  body,
});
const owned = fc.record({
  marks: fc.constant(MARKS),
  user: fc.constantFrom(OWN, null),
  groupThere: fc.constantFrom({ id: GROUP, own: true }, { id: GROUP, own: false }, null),
});

describe(`the guard of drills (seed ${seed})`, () => {
  it("permits the making of what is marked, and changes of what was made, by the exact id alone", () => {
    fc.assert(
      fc.property(owned, request, (own, asked) => {
        try {
          permit(own, asked);
        } catch (error) {
          expect(error).toBeInstanceOf(GuardProblem);
          return;
        }
        const { method, path: where } = asked;
        const told = JSON.stringify(asked.body ?? null);
        if (method === "POST") {
          expect(["/Users", "/Groups"]).toContain(where);
          expect(told).toContain(where === "/Users" ? MARKS.externalId : MARKS.groupName);
          return;
        }
        expect(["PATCH", "DELETE"]).toContain(method);
        if (where.startsWith("/Users")) expect([own.user, where]).toEqual([OWN, `/Users/${OWN}`]);
        else {
          expect(where).toBe(`/Groups/${GROUP}`);
          if (method === "DELETE") expect(own.groupThere).toEqual({ id: GROUP, own: true });
          else expect(told.match(/own-2|ann-1|OWN-1|group-2|%6f/gu)).toBeNull();
        }
      }),
      { seed, numRuns: 5_000 },
    );
  });

  describe("at a service", () => {
    let service: ScimService;
    beforeEach(async () => {
      vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "127.0.0.1");
      service = await scimService([]);
    });
    afterEach(async () => {
      await service.close();
      vi.unstubAllEnvs();
    });

    it("changes nobody who does not bear the drill's marks at that moment, whatever id the drill holds for its own", async () => {
      const user = fc.record({ id: fc.constantFrom(OWN, "ann-1", "own-2"), userName, externalId });
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(user, { maxLength: 3, selector: (one) => one.id }),
          owned,
          request,
          async (users, own, asked) => {
            service.users.clear();
            for (const one of users)
              service.users.set(one.id, JSON.parse(JSON.stringify({ ...one, active: true })));
            service.groups.clear();
            for (const one of [GROUP, "group-2"])
              service.groups.set(one, { id: one, displayName: "Admins", members: [{ value: "ann-1" }] });
            const others = () =>
              [...service.users.values()].filter(
                (one: ServiceUser) =>
                  one.userName.toLowerCase() !== MARKS.userName && one.externalId !== MARKS.externalId,
              );
            const before = JSON.stringify(others());
            await guardedWrite(service, own, asked).catch((error: unknown) => {
              if (!(error instanceof GuardProblem)) throw error;
            });
            expect(JSON.stringify(others())).toBe(before);
            // Ann stays where she is, and no group that the drill has not made goes.
            for (const group of ["group-1", "group-2"])
              expect(service.groups.get(group)?.members.map(({ value }) => value)).toContain("ann-1");
          },
        ),
        { seed, numRuns: 150 },
      );
    });
  });
});
