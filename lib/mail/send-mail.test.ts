import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { generate } from "selfsigned";
import type { SMTPServerOptions } from "smtp-server";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { inFolder } from "../runtime/testing/folder.ts";
import { sendMail } from "./send-mail.ts";
import { mailSettings } from "./settings.ts";
import { type MailServer, startMailServer } from "./testing.ts";

const MAIL = { to: "ada@larkspur.example", subject: "Your review", text: "Seven items are open.\n" };
const FROM = "Rollcall <rollcall@larkspur.example>";

const closing: (() => Promise<void>)[] = [];

async function mailServer(options?: SMTPServerOptions): Promise<MailServer> {
  const server = await startMailServer(options);
  closing.push(server.stop);
  return server;
}

const send = (url: string, mail: Partial<typeof MAIL> = {}, timeoutMs?: number) =>
  sendMail(
    { ...MAIL, ...mail },
    mailSettings({ ROLLCALL_SMTP_URL: url, ROLLCALL_MAIL_FROM: FROM }),
    timeoutMs,
  );

describe("mail", () => {
  let tls = { key: "", cert: "" };

  beforeAll(async () => {
    const made = await generate([{ name: "commonName", value: "localhost" }], {
      extensions: [
        { name: "basicConstraints", cA: true },
        { name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] },
      ],
    });
    tls = { key: made.private, cert: made.cert };
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await Promise.all(closing.splice(0).map((close) => close()));
  });

  /** With the server's certificate among those that this Node trusts, which is settled when a process starts. */
  const sendTrusting = (url: string) =>
    inFolder(async (folder) => {
      const certificate = join(folder, "ca.pem");
      await writeFile(certificate, tls.cert);
      const here = (path: string) => pathToFileURL(fileURLToPath(new URL(path, import.meta.url))).href;
      const child = spawn(
        process.execPath,
        [
          ...["--import", here("../../node_modules/tsx/dist/loader.mjs"), "--input-type=module", "-e"],
          `const { sendMail } = await import(${JSON.stringify(here("./send-mail.ts"))});
           console.log(JSON.stringify(await sendMail(${JSON.stringify(MAIL)})));`,
        ],
        {
          env: {
            ...process.env,
            NODE_EXTRA_CA_CERTS: certificate,
            ROLLCALL_SMTP_URL: url,
            ROLLCALL_MAIL_FROM: FROM,
          },
          stdio: ["ignore", "pipe", "inherit"],
        },
      );
      let out = "";
      child.stdout.on("data", (chunk: Buffer) => {
        out += chunk.toString();
      });
      await new Promise((resolve) => child.on("close", resolve));
      return JSON.parse(out);
    });

  it("goes nowhere while no server is set", async () => {
    expect(await sendMail(MAIL, null)).toEqual({
      ok: false,
      answer: expect.stringMatching(/ROLLCALL_SMTP_URL/u),
    });
  });

  it("is taken by a server that asks for a user, over TLS by STARTTLS and from the start", async () => {
    for (const secure of [false, true]) {
      const { port, received } = await mailServer({
        ...tls,
        secure,
        authOptional: false,
        onAuth: ({ username = "", password }, _, done) =>
          password === "p@ss" ? done(null, { user: username }) : done(new Error("no")),
      });
      const scheme = secure ? "smtps" : "smtp";
      const url = `${scheme}://rollcall:p%40ss@localhost:${port}`;
      expect(await sendTrusting(url)).toEqual({ ok: true, answer: "250 taken as 7f3a" });
      expect(received).toMatchObject([
        { from: "rollcall@larkspur.example", to: [MAIL.to], secure: true, user: "rollcall" },
      ]);
      expect(received[0]?.text).toMatch(/^Auto-Submitted: auto-generated\r$/mu);
      expect(received[0]?.text).toMatch(/\r\n\r\nSeven items are open\.\r\n$/u);
    }
  });

  it("is not sent where nothing is encrypted, and not where the certificate does not hold", async () => {
    const plain = await mailServer({ disabledCommands: ["STARTTLS"] });
    const stranger = await mailServer(tls);
    const strangerFromStart = await mailServer({ ...tls, secure: true });
    for (const url of [
      `smtp://u:hidden@localhost:${plain.port}`,
      `smtp://u:hidden@localhost:${stranger.port}`,
      `smtps://u:hidden@localhost:${strangerFromStart.port}`,
    ]) {
      const { ok, answer } = await send(url);
      expect(ok, url).toBe(false);
      expect(answer).toMatch(/^Mail server localhost: .*(?:encryption|certificate)/u);
      expect(answer).not.toMatch(/hidden|@/u);
    }
    expect([plain, stranger, strangerFromStart].flatMap(({ received }) => received)).toEqual([]);
  });

  it("is sent without encryption to a server that is allowed by name", async () => {
    vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "localhost");
    const { port, received } = await mailServer({ disabledCommands: ["STARTTLS"] });
    expect(await send(`smtp://localhost:${port}`)).toEqual({ ok: true, answer: "250 taken as 7f3a" });
    expect(received).toMatchObject([{ secure: false, to: [MAIL.to] }]);
  });

  describe("on its way to a server without encryption", () => {
    const to = (port: number) => {
      vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "localhost");
      return `smtp://localhost:${port}`;
    };

    it("has one recipient and the headers it is to have, whatever stands in it", async () => {
      const { port, received } = await mailServer({ disabledCommands: ["STARTTLS"] });
      const subject = "Review\r\nBcc: eve@elsewhere.example\r\n\r\nHello\u2028Ünal";
      expect(
        await send(to(port), { subject, text: ".\r\nBcc: eve@elsewhere.example\r\n.\r\n" }),
      ).toMatchObject({
        ok: true,
      });
      const [head = ""] = received[0]?.text.split("\r\n\r\n", 1) ?? [];
      expect(received[0]?.to).toEqual([MAIL.to]);
      expect(head).not.toMatch(/^(?:bcc|cc):/imu);
      expect(head.match(/^subject:/gimu)).toHaveLength(1);
      for (const wrong of [
        "ada@larkspur.example, eve@elsewhere.example",
        "ada@larkspur.example\r\nRCPT TO:<eve@elsewhere.example>",
        "Eve <eve@elsewhere.example>",
        "eve",
        "",
      ]) {
        expect(await send(to(port), { to: wrong }), wrong).toMatchObject({ ok: false });
      }
      expect(received).toHaveLength(1);
    });

    it("is told to be refused, in the server's words, but for the address", async () => {
      const { port } = await mailServer({
        disabledCommands: ["STARTTLS"],
        onRcptTo: ({ address }, _, done) =>
          done(Object.assign(new Error(`5.1.1 ${address} is nobody here`), { responseCode: 550 })),
      });
      const { ok, answer } = await send(to(port));
      expect(ok).toBe(false);
      expect(answer).toMatch(/did not take the message.*550 5\.1\.1 … is nobody here/u);
    });

    it("is told that the user is not taken", async () => {
      const { port } = await mailServer({
        disabledCommands: ["STARTTLS"],
        authOptional: false,
        allowInsecureAuth: true,
        onAuth: (_, __, done) => done(new Error("no")),
      });
      const { ok, answer } = await send(to(port).replace("//", "//rollcall:hidden@"));
      expect(ok).toBe(false);
      expect(answer).toMatch(/user and password/u);
      expect(answer).not.toContain("hidden");
    });

    it("does not wait for a server that never greets, or never ends", async () => {
      const silent = createServer(() => {});
      await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
      closing.push(() => new Promise((resolve) => silent.close(() => resolve())));
      const slow = await mailServer({
        disabledCommands: ["STARTTLS"],
        onData: (stream) => {
          stream.resume();
        },
        closeTimeout: 100,
      });
      for (const port of [(silent.address() as AddressInfo).port, slow.port]) {
        expect(await send(to(port), {}, 300)).toEqual({
          ok: false,
          answer: "Mail server localhost: it does not answer in time.",
        });
      }
    });

    it("is told that nobody is there", async () => {
      const { port } = await mailServer({ disabledCommands: ["STARTTLS"] });
      await Promise.all(closing.splice(0).map((close) => close()));
      expect(await send(to(port))).toMatchObject({
        ok: false,
        answer: expect.stringMatching(/can't be reached/u),
      });
    });
  });
});
