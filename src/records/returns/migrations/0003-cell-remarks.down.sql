drop table returns.remark;
