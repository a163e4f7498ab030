-- phase: tables
-- The secret that signs is sealed. What stands in clear is sealed by the platform at its next start: SQL has no key.
-- A copy of the version before, still running, cannot sign for a receiver whose secret is sealed: its tries fail and are
-- made again by the new copies.
alter table webhooks.endpoint
  add column secret_sealed bytea,
  alter column secret drop not null,
  add constraint endpoint_one_secret check (num_nonnulls(secret, secret_sealed) = 1);
