/** The methods about how the bot gets its updates, and about the bot's stay on this server. */
import type { Update, WebhookInfo } from "grammy/types";
import { badRequest, Refusal } from "../model/refusal.ts";
import { Upload } from "../model/upload.ts";
import type { WebhookSettings } from "../world/update_queue.ts";
import type { World } from "../world/world.ts";
import type { Call } from "./call.ts";
import { DescribedResult } from "./described_result.ts";

const poll_ms_max = 50_000;
const connections = 40;
const connections_max = 100;
const public_ports = ["", "80", "88", "443", "8443"];
const pause_ms = 10 * 60 * 1000;

export async function getUpdates(world: World, call: Call): Promise<Update[]> {
  const { updates } = world;
  if (updates.webhook !== undefined) {
    throw new Refusal(
      409,
      "Conflict: can't use getUpdates method while webhook is active; " +
        "use deleteWebhook to delete the webhook first",
    );
  }
  allow(world, call);
  const limit = call.integer("limit") ?? 100;
  const before = updates.pending().length;
  const polling = updates.poll({
    offset: call.integer("offset") ?? 0,
    limit: limit < 1 || limit > 100 ? 100 : limit,
    timeout_ms: Math.min(Math.max(call.integer("timeout") ?? 0, 0) * 1000, poll_ms_max),
    gone: call.gone,
  });
  // What the offset confirmed must not come again after a restart.
  if (updates.pending().length !== before) world.changed();
  return await polling;
}

/** An address on this machine may be plain HTTP on any port, as where one runs a server locally. */
export async function setWebhook(world: World, call: Call): Promise<DescribedResult<true>> {
  const given = call.text("url").trim();
  if (given === "") return deleteWebhook(world, call);
  const secret_token = secretOf(call);
  const url = await checkedUrl(given);
  const max = call.integer("max_connections") ?? connections;
  const ip_address = call.text("ip_address");
  const settings: WebhookSettings = {
    url,
    max_connections: max < 1 ? connections : Math.min(max, connections_max),
    has_custom_certificate: call.params.certificate instanceof Upload,
    ...secret_token !== "" && { secret_token },
    ...ip_address !== "" && { ip_address },
  };
  const { webhook } = world.updates;
  const same = JSON.stringify(sorted(webhook)) === JSON.stringify(sorted(settings));
  allow(world, call);
  if (call.flag("drop_pending_updates")) world.updates.drop();
  if (!same) world.updates.setWebhook(settings);
  world.changed();
  return new DescribedResult(true, same ? "Webhook is already set" : "Webhook was set");
}

export function deleteWebhook(world: World, call: Call): DescribedResult<true> {
  const { updates } = world;
  const had = updates.webhook !== undefined;
  updates.setWebhook(undefined);
  if (call.flag("drop_pending_updates")) updates.drop();
  world.changed();
  return new DescribedResult(true, had ? "Webhook was deleted" : "Webhook is already deleted");
}

export function getWebhookInfo(world: World): WebhookInfo {
  const { allowed, webhook, last_error } = world.updates;
  const allowed_updates = [...allowed] as NonNullable<WebhookInfo["allowed_updates"]>;
  const pending_update_count = world.updates.pending().length;
  const info = {
    url: webhook?.url ?? "",
    has_custom_certificate: webhook?.has_custom_certificate ?? false,
    pending_update_count,
    ...allowed.length > 0 && { allowed_updates },
  };
  if (webhook === undefined) return info as WebhookInfo;
  const { ip_address, max_connections } = webhook;
  return {
    ...info,
    ...ip_address !== undefined && { ip_address },
    ...last_error !== undefined && {
      last_error_date: last_error.date,
      last_error_message: last_error.message,
    },
    max_connections,
  } as WebhookInfo;
}

/** From now on, and for ten minutes, this server does not know the bot. */
export function logOut(world: World): true {
  world.stay.logged_out_at = world.now_ms();
  world.changed();
  return true;
}

/** Once in ten minutes: the bot goes on as soon as it calls. */
export function close(world: World): true {
  const now_ms = world.now_ms();
  const { closed_at } = world.stay;
  if (closed_at !== undefined && now_ms < closed_at + pause_ms) {
    const retry_after = Math.ceil((closed_at + pause_ms - now_ms) / 1000);
    throw new Refusal(429, `Too Many Requests: retry after ${retry_after}`, { retry_after });
  }
  world.stay.closed_at = now_ms;
  world.changed();
  return true;
}

/** Whether the bot has logged out and may not come back yet. */
export function isLoggedOut(world: World): boolean {
  const { logged_out_at } = world.stay;
  return logged_out_at !== undefined && world.now_ms() < logged_out_at + pause_ms;
}

/** What a bot asks for stays until it asks for something else. */
function allow(world: World, call: Call): void {
  const { allowed_updates } = call.params;
  if (!Array.isArray(allowed_updates)) return;
  world.updates.allowed = allowed_updates.filter((kind) => typeof kind === "string");
  world.changed();
}

function secretOf(call: Call): string {
  const secret = call.text("secret_token");
  if (secret.length > 256) throw badRequest("secret token is too long");
  if (!/^[A-Za-z0-9_-]*$/.test(secret)) {
    throw badRequest("secret token contains unallowed characters");
  }
  return secret;
}

async function checkedUrl(given: string): Promise<string> {
  const absolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given}`;
  if (!URL.canParse(absolute)) throw badRequest("invalid webhook URL specified");
  const { protocol, hostname, port } = new URL(absolute);
  if (!/^https?:$/.test(protocol)) throw badRequest("invalid webhook URL specified");
  if (!isLocal(hostname)) {
    if (protocol !== "https:") {
      throw badRequest("bad webhook: An HTTPS URL must be provided for webhook");
    }
    if (!public_ports.includes(port)) {
      throw badRequest("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
    }
  }
  // Where this process may not go, no name is looked up either.
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const { state } = await Deno.permissions.query({ name: "net", host: hostname });
  if (state !== "granted" && host !== "") {
    throw badRequest("bad webhook: Failed to resolve host: Name or service not known");
  }
  return absolute;
}

/** Whether the host is this machine or in its network. */
export function isLocal(hostname: string): boolean {
  return hostname === "localhost" || hostname.endsWith(".localhost") ||
    /^(127|10|192\.168|172\.(1[6-9]|2\d|3[01])|0)\./.test(hostname) || hostname === "[::1]";
}

function sorted(settings: WebhookSettings | undefined): [string, unknown][] {
  return Object.entries(settings ?? {}).sort(([a], [b]) => a < b ? -1 : 1);
}
