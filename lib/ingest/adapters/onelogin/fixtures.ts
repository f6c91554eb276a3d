/** OneLogin events in their real shape, for tests. */

export interface Data {
  [member: string]: unknown;
}

/** An event of the Events API: Bob does something to Alice. */
export function apiEvent(event_type_id: number | string, differs: Data = {}): Data {
  return {
    id: 880_001,
    created_at: "2026-03-02T09:15:30.250Z",
    account_id: 9,
    user_id: 1_001,
    user_name: "Alice Example",
    event_type_id,
    notes: null,
    ipaddr: "192.0.2.1",
    actor_user_id: 1_002,
    actor_user_name: "Bob Example",
    assuming_acting_user_id: null,
    role_id: null,
    role_name: null,
    app_id: null,
    app_name: null,
    group_id: null,
    group_name: null,
    custom_message: null,
    directory_sync_run_id: null,
    error_description: null,
    ...differs,
  };
}

/** The same event as a webhook delivers it. */
export function broadcast(event_type_id: number, differs: Data = {}): Data {
  const { id: _, created_at: __, ...event } = apiEvent(event_type_id);
  return { uuid: "0f8c-larkspur", event_timestamp: "2026-03-02 09:15:30 UTC", ...event, ...differs };
}

export const APP: Data = {
  app_id: 44,
  app_name: "Ledger",
  login_id: 7,
  login_name: "alice@larkspur.example",
};
