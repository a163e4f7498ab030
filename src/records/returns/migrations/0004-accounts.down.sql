drop policy own_name on returns.step;
drop policy own_name on returns.answer_change;
drop policy own_name on returns.explanation;
alter table returns.step drop column account;
alter table returns.answer_change drop column account;
alter table returns.explanation drop column account;
