drop table series.value;
drop table series.published;
drop sequence series.publication_number;
drop schema series;
