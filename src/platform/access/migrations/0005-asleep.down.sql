drop table access.last_sign_in;
alter table access.sign_in_rule drop column dormant_days;
-- Whoever slept opens nothing afterwards either.
update access.account set state = 'disabled' where state = 'asleep';
alter table access.account
  drop constraint account_state_check,
  add constraint account_state_check check (state in ('active', 'disabled'));
