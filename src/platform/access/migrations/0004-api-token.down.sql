drop table access.api_token;
