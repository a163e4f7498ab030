drop view book.filing_in_hand;
drop table returns.explanation, returns.mark, returns.reminder;
