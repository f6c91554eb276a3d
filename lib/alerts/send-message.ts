/** Sends a message by a channel. */
import type { AlertChannel } from "../../db/queries/alert-channels.ts";
import { signedHeaders } from "../failures/sign-call.ts";
import { type MailAnswer, sendMail } from "../mail/send-mail.ts";
import { answerLine, callWebhook } from "../net/call-webhook.ts";
import type { Message } from "./message.ts";
import { openChannelSecret } from "./secret.ts";

/** As Slack's "Formatting text for app surfaces" says: these three, and no others. */
const forSlack = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** What a Slack-compatible incoming webhook takes. */
const slackBody = ({ title, lines, link }: Message): string =>
  JSON.stringify({
    text: [
      `*${forSlack(title)}*`,
      ...lines.map((line) => `• ${forSlack(line)}`),
      `<${forSlack(link)}|Open in Rollcall>`,
    ].join("\n"),
  });

/** The text of the mail. */
const mailText = ({ lines, link }: Message): string =>
  `${lines.map((line) => `- ${line}`).join("\n")}\n\n${link}\n\nRollcall\n`;

/** An answer without the address that was called, where that is a secret: servers quote it. */
function withoutAddress(answer: string, address: string): string {
  const { pathname, search } = new URL(address);
  return [address, pathname + search, pathname]
    .filter((part) => part.length > 1)
    .reduce((text, part) => text.replaceAll(part, "…"), answer);
}

/**
 * Whatever comes of it is in the answer, in which no secret stands.
 * @param installation the secret of this installation.
 * @throws {RuntimeProblem} when the settings of mail can't be used.
 */
export async function sendMessage(
  channel: Pick<AlertChannel, "name" | "kind" | "target" | "secret">,
  message: Message,
  installation: string,
): Promise<MailAnswer> {
  if (channel.kind === "email")
    return sendMail({ to: channel.target, subject: `Rollcall: ${message.title}`, text: mailText(message) });
  const secret = await openChannelSecret(installation, channel.secret);
  if (secret === null)
    return {
      ok: false,
      answer: "Its secret was kept under another secret of this installation. Set the channel anew.",
    };
  if (channel.kind === "slack") {
    const answer = await callWebhook(secret, slackBody(message));
    return { ok: answer.ok, answer: withoutAddress(answerLine({ url: secret }, answer), secret) };
  }
  const body = JSON.stringify({ title: message.title, ...message.content });
  const answer = await callWebhook(channel.target, body, signedHeaders(secret, message.id, Date.now(), body));
  return { ok: answer.ok, answer: answerLine({ url: channel.target }, answer) };
}
