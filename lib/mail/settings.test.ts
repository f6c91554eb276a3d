import { afterEach, describe, expect, it, vi } from "vitest";
import { mailSettings } from "./settings.ts";

const FROM = "Rollcall <rollcall@larkspur.example>";
const settings = (url: string, from = FROM) =>
  mailSettings({ ROLLCALL_SMTP_URL: url, ROLLCALL_MAIL_FROM: from });

describe("the settings of mail", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it("are none while no server is named", () => {
    expect(mailSettings({})).toBeNull();
    expect(settings("")).toBeNull();
  });

  it("are read from the server's address and the sender", () => {
    expect(settings("smtp://rollcall:p%40ss%2Fword@mail.larkspur.example")).toEqual({
      host: "mail.larkspur.example",
      port: 587,
      implicitTls: false,
      needsTls: true,
      user: "rollcall",
      password: "p@ss/word",
      from: { name: "Rollcall", address: "rollcall@larkspur.example" },
    });
    expect(settings("smtps://mail.larkspur.example", "iam@larkspur.example")).toMatchObject({
      port: 465,
      implicitTls: true,
      user: null,
      from: { name: "Rollcall", address: "iam@larkspur.example" },
    });
    expect(settings("smtp://[::1]:2525/", '"IAM, Larkspur" <iam@larkspur.example>')).toMatchObject({
      host: "::1",
      port: 2525,
      from: { name: "IAM, Larkspur" },
    });
  });

  it("do without encryption for a server that is allowed by name, and for no other", () => {
    vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "relay.larkspur.example");
    expect(settings("smtp://relay.larkspur.example:25")).toMatchObject({ needsTls: false });
    expect(settings("smtp://mail.larkspur.example")).toMatchObject({ needsTls: true });
  });

  it("are refused when they can't be used, with the variable's name and nothing of what stands in it", () => {
    for (const url of [
      "mail.larkspur.example",
      "https://u:hidden@mail.larkspur.example",
      "smtp://u:hidden@mail.larkspur.example/inbox",
      "smtp://u:hidden@mail.larkspur.example?tls=none",
      "smtp://u:hidden%ZZ@mail.larkspur.example",
    ]) {
      expect(() => settings(url), url).toThrow(/^(?!.*hidden).*ROLLCALL_SMTP_URL/u);
    }
    for (const from of ["", "Rollcall", "Rollcall <>", "a@b.example, c@d.example", "X\n<a@b.example>"]) {
      expect(() => settings("smtp://mail.larkspur.example", from), from).toThrow(/ROLLCALL_MAIL_FROM/u);
    }
  });
});
