/** An installation of a test's own, and whoever is signed in there. */
import { type Browser, expect, type Page } from "playwright/test";
import { connectAsOwner, type Db } from "../db/client.ts";
import type { Role } from "../lib/auth/permissions.ts";
import type { ReviewItemRow } from "../lib/reviews/contract.ts";
import { emailOf, hrFile, type Person, settledRecords } from "../lib/reviews/testing.ts";
import { homeAt } from "../lib/runtime/home.ts";
import { openPostgres } from "../lib/runtime/postgres.ts";
import { type RunningServer, startServer } from "./server.ts";
import { sessionOf } from "./sign-in.ts";

const DAY = 86_400_000;

/** A day two weeks from now. */
export const soon = (): string => new Date(Date.now() + 14 * DAY).toISOString().slice(0, 10);

export class Installation {
  private constructor(
    private readonly server: RunningServer,
    private readonly browser: Browser,
    readonly origin: string,
    private readonly session: string,
  ) {}

  static async start(browser: Browser, env: Record<string, string> = {}): Promise<Installation> {
    const server = await startServer("start", { env });
    return new Installation(server, browser, new URL(server.address).origin, await sessionOf(server.address));
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  /** Does what nobody but the owner of its database can. */
  async asOwner(work: (sql: Db["sql"]) => Promise<unknown>): Promise<void> {
    const postgres = await openPostgres(homeAt(this.server.home), () => {});
    const owner = connectAsOwner(postgres.url);
    try {
      await work(owner.sql);
    } finally {
      await owner.close();
      await postgres.release();
    }
  }

  /** Sends as the operator does. */
  async send<T>(
    path: string,
    body: BodyInit,
    { type = "application/json", method = "POST" } = {},
  ): Promise<T> {
    const answer = await fetch(`${this.origin}${path}`, {
      method,
      body,
      headers: {
        cookie: `next-auth.session-token=${this.session}`,
        origin: this.origin,
        "content-type": type,
      },
    });
    expect(answer.status, await answer.clone().text()).toBe(200);
    return (await answer.json()) as T;
  }

  async get<T>(path: string): Promise<T> {
    const answer = await fetch(`${this.origin}${path}`, {
      headers: { cookie: `next-auth.session-token=${this.session}` },
    });
    expect(answer.status, await answer.clone().text()).toBe(200);
    return (await answer.json()) as T;
  }

  ingest(text: string, source: string): Promise<{ rejected: number }> {
    return this.send(`/api/v1/ingest?source=${source}`, text, { type: "application/octet-stream" });
  }

  /** Each person with an account at each application, used since. */
  async settle(people: readonly Person[], applications: readonly string[]): Promise<void> {
    const at = Date.now() - DAY;
    expect((await this.ingest(hrFile(people, at - 20 * DAY), "hr")).rejected).toBe(0);
    expect((await this.ingest(settledRecords(people, applications, at), "okta")).rejected).toBe(0);
  }

  /** A browser of their own. @param session of the operator when absent. */
  async page(session = this.session): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width: 1440, height: 900 } });
    await context.addCookies([
      {
        name: "next-auth.session-token",
        value: session,
        url: this.origin,
        httpOnly: true,
        sameSite: "Lax",
      },
    ]);
    return context.newPage();
  }

  async member(name: string, role: Role): Promise<{ page: Page; member: string }> {
    const { member } = await this.send<{ member: string }>(
      "/api/v1/members",
      JSON.stringify({ name, email: emailOf(name), role }),
    );
    const { url } = await this.send<{ url: string }>(`/api/v1/members/${member}/link`, "{}");
    return { page: await this.page(await sessionOf(url)), member };
  }

  async items(review: string): Promise<ReviewItemRow[]> {
    return (await this.get<{ rows: ReviewItemRow[] }>(`/api/v1/reviews/${review}/items`)).rows;
  }
}
