/** Which browser it is that somebody came with, in words. */
import Bowser from "bowser";

/** "Firefox on Windows" from what a browser says of itself; programs by the name that they give, like "curl/8.5". */
export function agentWords(agent: string | null): string {
  if (agent === null || agent.trim() === "") return "unknown";
  const { browser, os } = Bowser.parse(agent);
  const programName = agent.trim().split(/\s/u)[0] ?? agent;
  if (os.name === undefined) return programName;
  return `${browser.name || programName} on ${os.name}`;
}
