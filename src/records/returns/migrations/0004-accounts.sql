-- phase: tables
-- Who did it, by account: two people may share a name. What was written before has none; nor has the platform's own work.
alter table returns.step add column account text check (account <> '');
alter table returns.answer_change add column account text check (account <> '');
alter table returns.explanation add column account text check (account <> '');
alter table returns.step alter column account set default nullif(access.actor(), '');
alter table returns.answer_change alter column account set default nullif(access.actor(), '');
alter table returns.explanation alter column account set default nullif(access.actor(), '');

-- phase: policies
-- nobody acts in another's name
create policy own_name on returns.step as restrictive for insert to kuoyou_app
  with check (account is not distinct from nullif(access.actor(), ''));
create policy own_name on returns.answer_change as restrictive for insert to kuoyou_app
  with check (account is not distinct from nullif(access.actor(), ''));
create policy own_name on returns.explanation as restrictive for insert to kuoyou_app
  with check (account is not distinct from nullif(access.actor(), ''));

-- phase: grants
grant update (account) on returns.explanation to kuoyou_app;
