drop table audit.seal, audit.entry;
drop schema audit;
