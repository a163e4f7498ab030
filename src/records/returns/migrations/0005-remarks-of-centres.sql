-- phase: tables
-- Does a filing lie with an office that may give it back? Only then may words stand at its cells.
create function returns.may_go_back(county integer, filing bigint) returns boolean language sql stable parallel safe as $$
  select exists (select from returns.filing as f
    where f.county_id = county and f.filing_id = filing and f.phase in ('accepted', 'approved')) $$;

-- phase: policies
-- A township centre and a county's officer for some schools look at filings too, and hold single institutions as a school
-- does: they read and say words while the filing may go back. The room keeps these from whoever only fills it.
drop policy own_counties on returns.remark;
create policy own_counties on returns.remark for all to kuoyou_app
  using (county_id = any (access.counties()) and ((select access.whole()) or returns.reaches(county_id, institution_id))
    and (ended_as = 'sent' or (select access.every_institution()) or returns.may_go_back(county_id, filing_id)))
  with check (county_id = any (access.counties()) and ((select access.whole()) or returns.reaches(county_id, institution_id))
    and ((select access.every_institution()) or returns.may_go_back(county_id, filing_id)));
