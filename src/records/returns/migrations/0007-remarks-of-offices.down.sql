drop policy own_counties on returns.remark;
create policy own_counties on returns.remark for all to kuoyou_app
  using (county_id = any (access.counties()) and ((select access.whole()) or returns.reaches(county_id, institution_id))
    and (ended_as = 'sent' or (select access.every_institution()) or returns.may_go_back(county_id, filing_id)))
  with check (county_id = any (access.counties()) and ((select access.whole()) or returns.reaches(county_id, institution_id))
    and ((select access.every_institution()) or returns.may_go_back(county_id, filing_id)));
drop function returns.looks();
