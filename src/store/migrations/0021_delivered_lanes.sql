-- What is done keeps no address: a group's dialogue had its group's id in the name of its lane.
update outbox set lane = '' where done_at is not null;
