-- phase: tables
-- 盐摘要: tells an erased person from whoever is given the same number after an older state was restored, and one site from another.
alter table people.erasure add column salt_hash bytea check (length(salt_hash) = 32);
