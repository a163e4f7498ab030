drop table ops.drill;
drop table ops.backup;
drop schema ops;
