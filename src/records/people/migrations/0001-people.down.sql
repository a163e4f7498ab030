drop schema people_sealed cascade;
drop schema people cascade;
