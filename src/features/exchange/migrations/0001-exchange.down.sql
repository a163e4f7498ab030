drop table exchange.export_record, exchange.receipt, exchange.mapping, exchange.correction, exchange.finding;
drop table exchange.pending_import;
drop sequence exchange.receipt_serial;
drop schema exchange;
