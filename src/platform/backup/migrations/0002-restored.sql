-- phase: tables
-- 恢复记录: this database came out of a backup; nobody works in it until what was erased since is erased again.
create table ops.restored (
  restored_at timestamptz primary key default clock_timestamp(),
  source      text not null,
  opened_at   timestamptz,
  -- What the erasures were reapplied from, or that there were none to reapply.
  list        text,
  check ((opened_at is null) = (list is null))
);

-- phase: grants
grant select on ops.restored to kuoyou_platform;
