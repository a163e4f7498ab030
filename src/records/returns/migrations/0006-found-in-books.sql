-- phase: tables
-- A cell may also be found in a book when the filing is opened, such as the grade and number of a class.
alter table returns.answer drop constraint answer_origin_check;
alter table returns.answer add constraint answer_origin_check check (origin in ('hand', 'before', 'book'));
