import { describe, expect, it } from "vitest";
import { classify, codeIn, errorOf, httpStatusIn, scimTypeIn } from "./errors.ts";

describe("httpStatusIn", () => {
  it.each([
    ["The remote server answered with status code: 409.", 409],
    ["HTTP 429", 429],
    ["HTTP/1.1 503 Service Unavailable", 503],
    ["an error response with the HTTP status code 409.  This response", 409],
    ["409 Conflict", 409],
    ["The remote server returned an error: (403) Forbidden.", 403],
    ["Error code 404", 404],
    ['{"Errors":{"description":"user_creation_failed","code":500}}', 500],
    ['Web Response: { "schemas" : [], "status" : "409", "detail" : "User must be Active." }', 409],
    ["StatusCode: Conflict Message: Processing of the HTTP request resulted in an exception.", 409],
    ["StatusCode: BadRequest Message: see the response", 400],
    [
      "Error while creating user alice@larkspur.example: Conflict. Errors reported by remote server: taken",
      409,
    ],
    ["Error while trying to push profile update: Bad Request. Errors reported by remote server: no", 400],
    ["Internal Server Error. Errors reported by the connector : {}", 500],
    ["Matching user not found.", null],
    ["Provisioned 409 Widgets", null],
    ["Room 4041 is closed", null],
    ["", null],
  ])("%s", (message, status) => {
    expect(httpStatusIn(message)).toBe(status);
  });
});

describe("codes and scimTypes in a message", () => {
  it.each([
    ["Api error E0000047: too many", "E0000047"],
    ['{"errorCode":"duplicate_user"}', "duplicate_user"],
    ["LICENSE_LIMIT_EXCEEDED: no seats", "LICENSE_LIMIT_EXCEEDED"],
    ["INVALID_CREDENTIALS", "INVALID_CREDENTIALS"],
    ["Error code 404", null],
    ["Bad Request. Errors reported by remote server: SCIM", null],
  ])("code in %s", (message, code) => {
    expect(codeIn(message)).toBe(code);
  });

  it("takes only the scimTypes that the RFCs know", () => {
    expect(scimTypeIn('{"status":"400","scimType":"invalidValue"}')).toBe("invalidValue");
    expect(scimTypeIn("scimType=uniqueness")).toBe("uniqueness");
    expect(scimTypeIn('"scimType":"somethingElse"')).toBeNull();
    expect(scimTypeIn("uniqueness")).toBeNull();
  });
});

describe("classify", () => {
  it.each([
    ["ContosoEntryConflict", "uniqueness"],
    ["DuplicateTargetEntries", "uniqueness"],
    ["TooManyRequests", "rate-limit"],
    ["InternalServerError", "server"],
    ["WebExceptionProtocolError", "server"],
    ["SalesforceInsufficientRights", "authentication"],
    ["Unauthorized", "authentication"],
    ["MethodNotAllowed", "unsupported"],
    ["NotImplemented", "unsupported"],
    ["SystemForCrossDomainIdentityManagementServiceIncompatible", "unsupported"],
    ["SystemForCrossDomainIdentityManagementMultipleEntriesInResponse", "uniqueness"],
    ["UnprocessableEntity", "invalid-value"],
    ["InvalidDomain", "invalid-value"],
    ["SchemaPropertyCanOnlyAcceptValue", "invalid-value"],
    ["InvalidAnchor", "not-found"],
    ["MandatoryFieldsMissing", "missing-attribute"],
    ["MissingValues", "missing-attribute"],
    ["SchemaAttributeNotFound", "mapping"],
    ["LicenseLimitExceeded", "licence"],
    ["AzureActiveDirectoryQuotaLimitExceeded", "licence"],
    ["Timeout", "timeout"],
    ["E0000047", "rate-limit"],
    ["ContosoSomethingNew", "unknown"],
  ] as const)("code %s is %s", (code, expected) => {
    expect(classify(code, null, null, null)).toBe(expected);
  });

  it.each([
    [400, "invalid-value"],
    [401, "authentication"],
    [402, "licence"],
    [403, "authentication"],
    [404, "not-found"],
    [405, "unsupported"],
    [408, "timeout"],
    [409, "uniqueness"],
    [410, "not-found"],
    [422, "invalid-value"],
    [429, "rate-limit"],
    [500, "server"],
    [501, "unsupported"],
    [503, "server"],
    [504, "timeout"],
    [418, "unknown"],
  ] as const)("status %i is %s", (status, expected) => {
    expect(classify(null, status, null, null)).toBe(expected);
  });

  it.each([
    ["The credentials used to connect to the API were invalid", "authentication"],
    ["User is not assigned to this application", "authentication"],
    ["Matching user not found.", "not-found"],
    ["user is not unique", "uniqueness"],
    ["A user with this e-mail already exists", "uniqueness"],
    ["externalId is required", "missing-attribute"],
    ["value of the property name.familyName is missing or invalid", "missing-attribute"],
    ["LICENSE_LIMIT_EXCEEDED", "licence"],
    ["There are no available seats for this plan", "licence"],
    ["API rate limit exceeded", "rate-limit"],
    ["Read timed out", "timeout"],
    ["Invalid JSON: Unexpected character", "server"],
    ["Request is unparsable, syntactically incorrect, or violates schema.", "invalid-value"],
    ["Deleting users is not supported", "unsupported"],
    ["Attribute mapping failed for department", "mapping"],
    ["The job was put in quarantine", "quarantine"],
    ["Something odd happened", "unknown"],
  ] as const)("words %s are %s", (words, expected) => {
    expect(classify(null, null, null, words)).toBe(expected);
  });

  it("asks the code first, then scimType, then a status that tells a cause, then the words", () => {
    expect(classify("EntryConflict", 500, "invalidValue", "not found")).toBe("uniqueness");
    expect(classify(null, 409, "invalidValue", "not found")).toBe("invalid-value");
    expect(classify(null, 409, null, "not found")).toBe("uniqueness");
    expect(classify(null, 400, null, "displayName is required")).toBe("missing-attribute");
    expect(classify(null, 400, null, "Bad Request")).toBe("invalid-value");
    expect(classify(null, 403, null, "no free licence available")).toBe("licence");
    expect(classify(null, 500, null, "Internal Server Error")).toBe("server");
  });
});

describe("errorOf", () => {
  it("keeps the vendor's words and advice, and looks for a code where none is given", () => {
    const message = "HTTP 400 DUPLICATE_VALUE: duplicate value found";
    expect(errorOf({ message })).toEqual({
      class: "uniqueness",
      code: "DUPLICATE_VALUE",
      httpStatus: 400,
      scimType: null,
      message,
      advice: null,
    });
    expect(errorOf({ message, code: null, advice: "Rename it" })).toMatchObject({
      code: null,
      advice: "Rename it",
    });
  });

  it("reads no more of endless words than their front, in no time", () => {
    const started = performance.now();
    const error = errorOf({ message: `${"a ".repeat(2_000_000)}HTTP 409` });
    expect(error.httpStatus).toBeNull();
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
