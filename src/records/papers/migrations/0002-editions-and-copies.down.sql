drop table papers.copy, papers.rendering;
delete from papers.step where act = 'void';
alter table papers.step
  drop constraint void_says_why,
  drop constraint step_act_check,
  add constraint step_act_check check (act in ('draft', 'renew', 'submit', 'approve', 'return', 'issue'));
drop index papers.paper_replaced_once;
alter table papers.paper
  drop column edition, drop column replaces, drop column voided_on, drop column void_reason;
