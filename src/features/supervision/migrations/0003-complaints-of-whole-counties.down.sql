-- phase: policies
drop policy whole_counties on complaints.complaint;
drop policy whole_counties on complaints.step;
