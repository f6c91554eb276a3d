/** GitHub audit records in their real shape, for tests. */

export interface Data {
  [member: string]: unknown;
}

/** A record as the REST API gives it: Bob, an owner, does something to Alice's account. */
export function auditRecord(action: string, differs: Data = {}): Data {
  return {
    "@timestamp": Date.parse("2026-03-02T09:15:30.250Z"),
    _document_id: "doc_larkspur_1",
    action,
    actor: "bob-larkspur",
    actor_id: 502,
    actor_is_bot: false,
    business: "larkspur-inc",
    business_id: 9,
    created_at: Date.parse("2026-03-02T09:15:31.000Z"),
    operation_type: "modify",
    org: "larkspur",
    org_id: 77,
    user: "alice-larkspur",
    user_id: 501,
    ...differs,
  };
}

/** What Alice does herself, signed on by SAML. */
export const BY_ALICE: Data = {
  actor: "alice-larkspur",
  actor_id: 501,
  external_identity_nameid: "alice@larkspur.example",
  external_identity_username: "",
};

/** A request of the SCIM API of the enterprise, as the identity provider's token makes it. */
export function scimRecord(action: string, request_method: string, differs: Data = {}): Data {
  const { org: _, org_id: __, user: ___, user_id: ____, ...enterprise } = auditRecord(action);
  return {
    ...enterprise,
    actor: "larkspur_admin",
    actor_id: 500,
    programmatic_access_type: "Personal access token (classic)",
    request_method,
    route: "/scim/v2/enterprises/:enterprise_id/Users/:external_identity_guid",
    url_path: "/scim/v2/enterprises/larkspur-inc/Users/scim-alice",
    scim_user_id: "scim-alice",
    status_code: 200,
    ...differs,
  };
}
