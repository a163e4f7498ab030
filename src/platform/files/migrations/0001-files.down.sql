drop table files.file;
drop schema files;
