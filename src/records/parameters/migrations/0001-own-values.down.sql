drop table parameters.own_value;
drop schema parameters;
