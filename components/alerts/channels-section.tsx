"use client";
/** Channels: where alerts go, how the last message fared, and what can be done with them. */
import { useState } from "react";
import type { AlertsReport, ChannelTold } from "../../lib/alerts/contract.ts";
import { sendJson } from "../data/api.ts";
import { useMay } from "../data/permissions.ts";
import { usePanel } from "../data/use-address.ts";
import { plural } from "../format/number.ts";
import { Confirm } from "../ui/confirm.tsx";
import { Refusal } from "../ui/field.tsx";
import { State } from "../ui/state-mark.tsx";
import { TableFrame, unseen } from "../ui/table-frame.tsx";
import { Ago } from "../ui/when.tsx";
import { channelAt, useAlertAct } from "./alerts-query.ts";
import { ChannelPanel } from "./channel-panel.tsx";
import { channelState, KIND_WORDS } from "./words.ts";

function RemoveQuestion({ name, onClose }: { name: string; onClose: () => void }) {
  const remove = useAlertAct(() => sendJson(channelAt(name), "DELETE"), onClose);
  return (
    <Confirm title={`Remove ${name}?`} act="Remove" doing={remove} onClose={onClose}>
      <p>Nothing is sent there any more. Set up again, it is told of all that is open then.</p>
    </Confirm>
  );
}

function Acts({ channel, onRemove }: { channel: ChannelTold; onRemove: () => void }) {
  const { name, on, digest } = channel;
  const test = useAlertAct(() => sendJson(`${channelAt(name)}/test`, "POST"));
  const set = useAlertAct((change: { on?: boolean; digest?: boolean }) =>
    sendJson(channelAt(name), "PUT", change),
  );
  const act = (word: string, work: () => void) => (
    <button
      type="button"
      className="link whitespace-nowrap"
      aria-label={`${word}: ${name}`}
      disabled={test.isPending || set.isPending}
      onClick={work}
    >
      {word}
    </button>
  );
  return (
    <>
      <span className="flex flex-wrap gap-x-3">
        {act(test.isPending ? "Sending …" : "Send a test", () => test.mutate(undefined))}
        {act(on ? "Put off" : "Put on", () => set.mutate({ on: !on }))}
        {act(digest ? "No digest" : "Digest", () => set.mutate({ digest: !digest }))}
        {act("Remove", onRemove)}
      </span>
      <Refusal>{(test.error ?? set.error)?.message}</Refusal>
    </>
  );
}

/** What the channel answered last, and when what failed is tried again. */
function Last({ channel: { last, nextTryAt }, asOf }: { channel: ChannelTold; asOf: string }) {
  if (last === null) return <span className="text-soft">–</span>;
  return (
    <>
      <span className={last.ok ? "" : "text-bad"}>{last.answer || "No words"}</span>
      <span className="block text-sm text-soft">
        <Ago at={last.at} asOf={asOf} />
        {nextTryAt === null ? null : (
          <>
            ; tried again <Ago at={nextTryAt} asOf={asOf} />
          </>
        )}
      </span>
    </>
  );
}

export function ChannelsSection({ report: { channels, asOf } }: { report: AlertsReport }) {
  const may = useMay("operate");
  const panel = usePanel("channel");
  const [asked, setAsked] = useState<string | null>(null);
  return (
    <section aria-labelledby="channels">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h2 id="channels">{plural(channels.length, "channel")}</h2>
        {may ? (
          <button type="button" className="button" onClick={() => panel.show("new")}>
            Add a channel
          </button>
        ) : null}
      </div>
      {channels.length === 0 ? (
        <p className="max-w-[80ch] text-soft">
          A channel brings alerts to you, and the digest on Mondays: an e-mail address, a Slack channel, or a
          webhook of your own.
        </p>
      ) : (
        <TableFrame
          className="relative overflow-x-auto"
          heads={[
            "Channel",
            "Kind",
            "Goes to",
            "State",
            "Last answer",
            "Digest",
            may ? unseen("What can be done") : null,
          ]}
          {...(may ? {} : { scrolling: "Channels" })}
        >
          {channels.map((channel) => (
            <tr key={channel.name}>
              <th scope="row">{channel.name}</th>
              <td>{KIND_WORDS[channel.kind].word}</td>
              <td className="min-w-32 [overflow-wrap:anywhere]">{channel.to}</td>
              <td>
                <State {...channelState(channel)} />
              </td>
              <td className="min-w-56 [overflow-wrap:anywhere]">
                <Last channel={channel} asOf={asOf} />
              </td>
              <td>{channel.digest ? "Mondays" : "no"}</td>
              {may ? (
                <td>
                  <Acts channel={channel} onRemove={() => setAsked(channel.name)} />
                </td>
              ) : null}
            </tr>
          ))}
        </TableFrame>
      )}
      {may && panel.open === "new" ? <ChannelPanel onClose={panel.close} /> : null}
      {asked === null ? null : <RemoveQuestion name={asked} onClose={() => setAsked(null)} />}
    </section>
  );
}
