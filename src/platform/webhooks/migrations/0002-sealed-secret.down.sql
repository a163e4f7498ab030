-- A sealed secret cannot be opened here: its receiver is stopped, under a secret nobody knows, and must be registered anew.
update webhooks.endpoint
   set secret = 'whsec_' || encode(sha256(gen_random_uuid()::text::bytea), 'base64'), state = 'disabled', secret_sealed = null
 where secret is null;
alter table webhooks.endpoint drop constraint endpoint_one_secret;
alter table webhooks.endpoint drop column secret_sealed, alter column secret set not null;
