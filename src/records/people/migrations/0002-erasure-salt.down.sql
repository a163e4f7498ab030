alter table people.erasure drop column salt_hash;
