-- By lane is found what is undone in `outbox_owner` as well: one index less to write for every task.
drop index outbox_undone;
