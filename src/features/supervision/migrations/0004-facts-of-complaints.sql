-- phase: tables
-- What was found to be so, in the inspector's own words. A complaint about what is being mended already joins that
-- finding, which then says nothing new: the facts stand here. The complainant does not read them.
alter table complaints.step add column facts text check (facts is null or (act = 'found' and facts ~ '\S'));
