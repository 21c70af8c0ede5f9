/** Puts the rooms together: the one place that knows them all, for `main` and `dev`. */
import type { Api } from "grammy";
import { personOfStream, readDialogueStream } from "../../events/stream.ts";
import { fetchPictures } from "../../machines/flows/fetch_pictures.ts";
import { kitWords } from "../../machines/flow/kit_words.ts";
import { type BotPictures, openJobWork } from "./job_work.ts";
import { openDialogues } from "./dialogues.ts";
import type { Locale } from "../locales/locales.ts";
import { describe, logOf } from "../base/log.ts";
import { type Locales, openSources, photoFilesOf } from "./message_sources.ts";
import {
  type MessageRendering,
  openMessageRendering,
  openOffers,
  openReadOnlyTaps,
} from "./message_rendering.ts";
import { catalogues } from "../flows/catalogues.ts";
import type { RenderKit } from "../flows/flow_parts.ts";
import { openMakers } from "../flows/makers/read_model.ts";
import { flowParts } from "../flows/all_flows.ts";
import { openReaders } from "../projections/readers.ts";
import { openRights } from "./rights.ts";
import { type Delivery, openDelivery } from "../runtime/delivery.ts";
import type { Engine } from "../runtime/engine.ts";
import type { RetryWhileUnavailable } from "../runtime/retry_while_unavailable.ts";
import { openProcessLease, type ProcessLease } from "../runtime/process_lease.ts";
import { openLeases } from "../store/leases.ts";
import type { MasterKey } from "../store/master_key.ts";
import type { Database } from "../store/open_database.ts";
import { openOutboxTable } from "../store/outbox.ts";
import type { People } from "../store/people.ts";
import { type MovedGroups, openMovedGroups } from "../store/moved_groups.ts";
import { openPhotos } from "../store/photos.ts";
import { forgetSeen } from "../store/seen_updates.ts";
import { isOfRequest } from "../store/refused_values.ts";
import { StoreUnavailable } from "../store/store_unavailable.ts";
import { claimForBot } from "../store/database_identity.ts";
import { openIngest, readHeard } from "../telegram/ingest.ts";
import { type Inline, openInline } from "../telegram/inline.ts";
import { introduce, introduceToMaker, type Myself } from "../telegram/introduce.ts";
import { poll } from "../telegram/poll.ts";
import { openReadOnlyLane } from "../telegram/read_only.ts";
import { openSlowReplyNotice } from "../telegram/slow_reply_notice.ts";
import { openSender } from "../telegram/send.ts";
import { openPollState } from "./poll_state.ts";
import { tellHandling, tellingTasks } from "./tell_work.ts";

/** What a bot is made of. */
export interface BotParts {
  database: Database;
  master: MasterKey;
  api: Api;
  /** Needed for files only. */
  token: string;
  api_root: string;
  myself: Myself;
  admin_ids: readonly number[];
  time_zone: string;
  /** For people who chose no language and whose phone speaks none of the bot's. */
  default_locale: Locale;
  adopt: boolean;
  pictures: BotPictures;
  /** Whether a webhook that is set on the token is taken away. */
  deletes_webhook: boolean;
}

/** A bot that is put together; `run` makes it work. */
export interface Bot {
  readonly engine: Engine;
  readonly delivery: Delivery;
  readonly people: People;
  /** When Telegram last answered a poll, in ms; where another process polls, when that was seen. */
  polled_at(): number | null;
  /** Whether another program polls with the same token. */
  is_contested(): boolean;
  /** Works until `stop`; rejects where Telegram refuses the token, or sends updates elsewhere. */
  run(): Promise<void>;
  /** Ends within a few seconds; what is committed but not sent yet stays for the next start. */
  stop(): Promise<void>;
}

const PRUNE_MS = 3_600_000;
const GRACE_MS = 2_500;

/** Puts a bot together on a migrated database. Throws `ForeignDatabase` for one that is not its own. */
export async function openBot(parts: BotParts): Promise<Bot> {
  const { database: { sql, kind }, api, myself } = parts;
  await claimForBot(sql, myself.id, parts.adopt);
  const leases = openLeases(sql);
  // Only one process can have the folder open, so a holder of a lease there is dead.
  if (kind === "embedded") await leases.clear();

  const owner = crypto.randomUUID();
  const stopping = new AbortController();
  const read = openReaders({ sql });
  const { engine, people, log, rights, locales, retryWhileUnavailable } = await openDialogues({
    ...{ sql, read },
    master: parts.master,
    owner,
    deliver: (tasks, assigned) => delivery.offer(tasks, assigned),
    rights: (people) =>
      openRights({ people, makers: read(openMakers), admin_ids: parts.admin_ids }),
    default_locale: parts.default_locale,
    signal: stopping.signal,
  });
  const photos = openPhotos(sql);
  const table = openOutboxTable(sql);
  const groups = openMovedGroups(sql);
  const kit: RenderKit = {
    ...{ read, time_zone: parts.time_zone, now: Date.now },
    assigned: (fact) => delivery.assigned(fact),
  };
  const showing = openMessageRendering({
    kit,
    sources: openSources({ rights, people, table, locales, groupNow: groups.now }),
    username: myself.username,
    inline: myself.supports_inline_queries,
    fallback: parts.default_locale,
  });
  const { renderContexts, render } = showing;
  const { send } = openSender({
    ...{ api, render },
    photos: photoFilesOf(photos, parts.pictures, myself.id),
    places: { groups, privateChatOf: privateChatsOf(people) },
  });
  const inline = openInline({
    api,
    renderContexts,
    personOf: people.personOf,
    localeFor: locales.ofTelegramId,
    find: openOffers({ read, bot: myself.id }),
    signal: stopping.signal,
  });
  const delivery = openDelivery({
    table,
    owner,
    ...tellingTasks({ send, work: openJobWork({ ...parts, photos, read }) }),
    isPatient: ({ type }) => type === fetchPictures.type,
    answer: engine.answer,
    onUnreachable: async (stream) => {
      // That the bot was thrown out of a group says nothing of the person.
      if (readDialogueStream(stream)?.group !== null) return;
      await people.setReachable(personOfStream(stream), false);
    },
    onTrouble: ({ effect }, error) =>
      logOf("runtime").error("Task {effect} failed: {error}", { effect, error: describe(error) }),
    now: Date.now,
  });
  const onTrouble = (error: unknown) =>
    logOf("store").warn("Cannot maintain the database: {error}", { error: describe(error) });
  const processLease = openProcessLease(leases, owner, onTrouble);
  const polling = pollingOf(
    parts,
    { kit, showing, engine, people, groups, processLease, locales, retryWhileUnavailable, inline },
    stopping.signal,
  );
  const prune = () => forgetSeen(sql).catch(onTrouble);
  let pruner: ReturnType<typeof setInterval> | undefined;
  let running: Promise<void> = Promise.resolve();

  async function work(): Promise<void> {
    await prune();
    await processLease.start();
    await delivery.start();
    if (stopping.signal.aborted) return;
    pruner = setInterval(prune, PRUNE_MS);
    const { admin_ids: admins } = parts;
    const introduced = introduce({
      api,
      signal: stopping.signal,
      ...{ admins, catalogues },
      fallback: parts.default_locale,
      localeOf: locales.ofTelegramId,
    });
    await Promise.all([polling.run(), introduced]);
  }

  return {
    engine,
    delivery,
    people,
    polled_at: polling.polled_at,
    is_contested: polling.is_contested,
    run: () => running = work(),
    async stop() {
      stopping.abort(new Error("The process is ending"));
      // Also where it is only just beginning: what it begins now would never end.
      await running.catch(() => undefined);
      await inline.idle();
      clearInterval(pruner);
      await delivery.stop(GRACE_MS);
      await log.idle();
      await processLease.stop();
    },
  };
}

/** Where a dialogue's person is told what cannot be said in a group. */
const privateChatsOf = (people: People) => async (stream: string): Promise<number | null> => {
  const { telegram_id = null } = await people.find(personOfStream(stream)) ?? {};
  return telegram_id !== null && telegram_id > 0 ? telegram_id : null;
};

/** From Telegram to the engine. */
function pollingOf(
  { api, myself, admin_ids, deletes_webhook }: BotParts,
  { kit, showing, engine, people, groups, processLease, locales, ...parts }: {
    kit: RenderKit;
    showing: MessageRendering;
    engine: Engine;
    people: People;
    groups: MovedGroups;
    processLease: ProcessLease;
    locales: Locales;
    retryWhileUnavailable: RetryWhileUnavailable;
    inline: Inline;
  },
  signal: AbortSignal,
) {
  const { codec: { decode }, renderContexts } = showing;
  const secretStarts = new Set(
    flowParts.flatMap(({ flow }) => flow.everywhere?.secret_starts ?? []),
  );
  const { retryWhileUnavailable, inline } = parts;
  const reading = { ...myself, decode, secretStarts, readOnly: openReadOnlyTaps(kit) };
  const lane = openReadOnlyLane({
    api,
    renderContexts,
    retryWhileUnavailable,
    localeFor: locales.ofTelegramId,
  });
  const slowReplyNotice = openSlowReplyNotice({
    ...{ api, catalogues },
    localeFor: ({ telegram_id, language }) => locales.soon(telegram_id, language),
    signal,
  });
  const handle = openIngest({
    bot: reading,
    meet: (senders) => retryWhileUnavailable(() => people.meet(senders)),
    groups: {
      moved: (...of) => retryWhileUnavailable(() => groups.moved(...of)),
      first: (group) => retryWhileUnavailable(() => groups.first(group)),
    },
    handle: tellHandling(engine.handle),
    greet: ({ channel, ...to }) => {
      const { username } = myself;
      const params = channel
        ? kitWords.say("added_to_channel", { username })
        : kitWords.say("added_to_group", {});
      return engine.announce({ ...to, params });
    },
    ask: inline.ask,
    turn: (turn) => lane.turn(turn, signal),
    setReachable: (...of) => retryWhileUnavailable(() => people.setReachable(...of)),
    passes: (error) => signal.aborted || error instanceof StoreUnavailable || !isOfRequest(error),
    isOwner: (telegram_id) => admin_ids.includes(telegram_id),
    slowReplyNotice,
    onOwner: (telegram_id) =>
      void introduceToMaker(
        { api, catalogues, signal, localeOf: locales.ofTelegramId },
        telegram_id,
      ),
    now: Date.now,
  });
  const state = openPollState(processLease);
  return {
    ...state,
    run: () =>
      poll({
        ...{ api, handle, deletes_webhook, signal },
        mayPoll: state.mayPoll,
        onAnswer: state.onAnswer,
        onConflict: state.onConflict,
        onPending: (updates) =>
          updates ? slowReplyNotice.wait(readHeard(updates, reading)) : slowReplyNotice.forget(),
      }),
  };
}
