-- phase: grants
revoke update (hash, definition) on returns.form from kuoyou_platform;
