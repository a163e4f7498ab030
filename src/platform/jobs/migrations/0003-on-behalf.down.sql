alter table jobs.job drop column on_behalf;
