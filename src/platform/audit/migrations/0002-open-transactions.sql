-- phase: tables
-- A batch no longer waits for the oldest open transaction: it leaves out those still open when it is sealed, by their
-- numbers, and a later batch holds what they wrote. Seals made before this left none out.
alter table audit.seal add column open_xacts xid8[] not null default '{}';
-- A copy of the version before would seal without looking for late entries: it must say so and leave sealing to the new
-- ones. What it appends is sealed by them.
alter table audit.seal alter column open_xacts drop default;
