-- What a role needs to run the bot, and nothing beyond. The owner of the tables applies it, after
-- each migration: `deno task migrate --role NAME`, or
--   psql "$OWNER_URL" -v role=NAME -v schema=public -f src/store/grants.sql
-- The role owns nothing and is no superuser, so it can neither change nor delete facts, nor drop or
-- disable the triggers that refuse it. Each line takes back what an older one granted.
revoke create on schema :"schema" from public;
revoke all on all tables in schema :"schema" from :"role";
grant usage on schema :"schema" to :"role";

-- The log: facts are added and read.
grant select, insert on :"schema".events to :"role";
grant select, update on :"schema".head to :"role";
grant select, insert, update on :"schema".streams to :"role";
grant select on :"schema".migrations to :"role";

-- Beside it: what is deleted here is a cause of long ago, a message that is gone, an id of a file
-- that Telegram refuses, a lease that ends.
grant select, insert, delete on :"schema".seen_updates to :"role";
grant select, insert, update on :"schema".snapshots to :"role";
grant select, insert, update on :"schema".outbox to :"role";
grant select, insert, delete on :"schema".slots to :"role";
grant select, insert, update on :"schema".failed_updates to :"role";
grant select, insert, update on :"schema".people to :"role";
grant select, insert, update (bytes) on :"schema".photos to :"role";
grant select, insert, update, delete on :"schema".photo_files to :"role";
grant select, insert, update on :"schema".stamps to :"role";
grant select, insert, update, delete on :"schema".leases to :"role";
grant select, insert on :"schema".moved_groups to :"role";

-- Read models, as facts move them; to derive them again is the owner's.
grant select, insert, update on :"schema".cards to :"role";
grant select, insert on :"schema".card_people to :"role";
grant select, insert on :"schema".scans to :"role";
grant select, insert, update on :"schema".galleries to :"role";
grant select, insert, update on :"schema".stats_quarters to :"role";
grant select, insert on :"schema".stats_people to :"role";
grant select, insert on :"schema".card_changes to :"role";
grant select, insert, update on :"schema".languages to :"role";
grant select, insert, update on :"schema".invitations to :"role";
grant select, insert on :"schema".welcomes to :"role";
grant select, insert, update on :"schema".makers to :"role";
grant select, insert, update on :"schema".gallery_words to :"role";
grant select, insert, delete on :"schema".card_words to :"role";
grant select, insert, update on :"schema".opened_cards to :"role";
