-- phase: tables
-- Uploads lie in the file store from here on; what was kept inside this table stays readable until it is cleared.
alter table exchange.pending_import
  add column file_id uuid references files.file (file_id) on delete cascade,
  alter column bytes drop not null,
  add constraint pending_import_content_check check ((file_id is null) <> (bytes is null));
create index pending_import_by_file on exchange.pending_import (file_id);
