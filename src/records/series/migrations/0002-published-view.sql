-- phase: views
-- What had been published by the day and the moment the books are read.
create view book.published with (security_invoker = true) as
  select * from series.published
   where as_of <= (select book.as_of()) and said_at <= (select book.known_at());

-- phase: grants
grant select on book.published to kuoyou_app;
