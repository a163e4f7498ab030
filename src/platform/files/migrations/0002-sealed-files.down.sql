-- What lies sealed cannot be opened without its key: such files are let go.
delete from files.file where key_sealed is not null;
alter table files.file drop column key_sealed, drop column content_sha256;
