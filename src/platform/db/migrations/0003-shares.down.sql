drop function access.reaches_all(integer, bigint, text[]);
drop function access.reaches(integer, bigint, text[]);
drop function access.whole();
drop function access.in_a_share(integer, bigint, text[]);
drop function access.one_share();
drop function access.stages();
drop function access.every_stage();
