-- An upload that lies in the file store only cannot wait any longer: it is uploaded again.
delete from exchange.pending_import where bytes is null;
alter table exchange.pending_import drop column file_id, alter column bytes set not null;
