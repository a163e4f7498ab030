drop table ops.restored;
