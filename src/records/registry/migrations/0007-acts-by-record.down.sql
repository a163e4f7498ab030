-- phase: tables
drop index registry.act_by_record;
