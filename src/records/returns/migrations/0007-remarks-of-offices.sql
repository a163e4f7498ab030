-- phase: tables
-- Does whoever acts hold an office that looks at filings, or only one that fills them?
create function returns.looks() returns boolean language sql stable parallel safe as $$
  select exists (select from unnest(access.roles()) as role
    where role in ('township-centre', 'county-bureau') or role like 'city-%') $$;

-- phase: policies
-- Words that stand at cells are the offices' until they are sent: whoever holds single institutions reads and says them
-- only in an office that looks at filings, never as a school's own staff.
drop policy own_counties on returns.remark;
create policy own_counties on returns.remark for all to kuoyou_app
  using (county_id = any (access.counties()) and ((select access.whole()) or returns.reaches(county_id, institution_id))
    and (ended_as = 'sent' or (select access.every_institution())
      or ((select returns.looks()) and returns.may_go_back(county_id, filing_id))))
  with check (county_id = any (access.counties()) and ((select access.whole()) or returns.reaches(county_id, institution_id))
    and ((select access.every_institution())
      or ((select returns.looks()) and returns.may_go_back(county_id, filing_id))));
