update returns.answer set origin = 'before' where origin = 'book';
alter table returns.answer drop constraint answer_origin_check;
alter table returns.answer add constraint answer_origin_check check (origin in ('hand', 'before'));
