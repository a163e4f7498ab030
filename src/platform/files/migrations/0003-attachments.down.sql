drop table files.attachment;
