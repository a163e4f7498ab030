drop table seats.pupil_override, seats.senior_share, seats.housing_addition;
drop table seats.scenario;
drop schema seats;
