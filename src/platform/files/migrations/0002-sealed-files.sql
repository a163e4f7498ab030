-- phase: tables
-- Files that hold personal data lie sealed: the content under a key of its own, that key under the vault's. With the row
-- goes the key, and no copy of the content can be opened any more. `sha256` stays the hash of what lies on the disk.
alter table files.file
  add column key_sealed bytea,
  add column content_sha256 text check (content_sha256 ~ '^[0-9a-f]{64}$'),
  add constraint file_sealed_check check ((key_sealed is null) = (content_sha256 is null));
