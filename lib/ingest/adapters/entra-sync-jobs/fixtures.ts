/** Synchronization jobs of Microsoft Graph in their real shape, for tests. */

export interface Data {
  [member: string]: unknown;
}

const principal = { id: "5e41ce00-0000-4000-8000-0000000000aa", displayName: "Team Chat" };

export const WELL: Data = {
  servicePrincipal: principal,
  synchronizationJob: {
    id: "slack.0123456789abcdef",
    templateId: "slack",
    schedule: { expiration: null, interval: "PT40M", state: "Active" },
    status: {
      code: "Active",
      countSuccessiveCompleteFailures: 0,
      quarantine: null,
      lastExecution: {
        state: "Succeeded",
        timeBegan: "2026-03-04T08:00:00Z",
        timeEnded: "2026-03-04T08:00:30Z",
      },
      lastSuccessfulExecution: {
        state: "Succeeded",
        timeBegan: "2026-03-04T08:00:00Z",
        timeEnded: "2026-03-04T08:00:30Z",
      },
      steadyStateLastAchievedTime: "2026-03-04T08:00:30Z",
    },
  },
};

export const QUARANTINED: Data = {
  servicePrincipal: principal,
  synchronizationJob: {
    id: "slack.0123456789abcdef",
    templateId: "slack",
    schedule: { expiration: null, interval: "PT40M", state: "Active" },
    status: {
      code: "Quarantine",
      countSuccessiveCompleteFailures: 4,
      quarantine: {
        reason: "EncounteredQuarantineException",
        currentBegan: "2026-03-02T10:00:00Z",
        seriesBegan: "2026-03-01T10:00:00Z",
        seriesCount: 2,
        nextAttempt: "2026-03-02T16:00:00Z",
        error: {
          code: "SystemForCrossDomainIdentityManagementCredentialValidationUnauthorized",
          message: "We received an unauthorized response from your application.",
        },
      },
      lastExecution: {
        state: "Failed",
        timeBegan: "2026-03-02T09:59:00Z",
        timeEnded: "2026-03-02T10:00:00Z",
      },
    },
  },
};
