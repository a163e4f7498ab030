/** 各室的数据库角色 — inside a transaction: sees what its scope says, through row-level security. */
export const roomRole = 'kuoyou_app'

/** 平台的数据库角色 — outside: sessions, jobs, traces. Owns nothing, bypasses nothing. */
export const platformRole = 'kuoyou_platform'
