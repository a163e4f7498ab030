import { createHmac } from 'node:crypto'
import pg from 'pg'
import { platformRole, roomRole } from './roles.ts'

/** 服务登录 — the login of the platform that serves: owns nothing, inherits nothing, may only become the two roles below. */
export const serviceLogin = 'kuoyou_service'

/** What the server says when the login is not there yet, or has another password. */
const notAdmitted = ['28000', '28P01']

/**
 * 服务连接 — how the platform signs in to serve; made by the owner where it is not there yet.
 *
 * A connection that only put on a role could take it off again, and a statement smuggled in would be the owner's: this
 * login has nothing to fall back to. Its password follows from the owner's, so that all nodes and databases of a server
 * agree on it and it is kept nowhere. Undefined where the owner has no password or may not make roles: the platform
 * then serves as the owner with the role put on, and `kuoyou doctor` says so.
 */
export async function serviceConnection(
  owner: pg.Pool,
  connection: pg.PoolConfig,
): Promise<pg.PoolConfig | undefined> {
  const password = passwordOf(connection)
  if (!password) return undefined
  const service = asService(
    connection,
    createHmac('sha256', password).update(serviceLogin).digest('base64url'),
  )
  if (await isAdmitted(service)) return service
  try {
    await makeLogin(owner, String(service.password ?? new URL(service.connectionString as string).password))
  } catch (error) {
    if ((error as { code?: string }).code === '42501') return undefined
    throw error
  }
  return (await isAdmitted(service)) ? service : undefined
}

function passwordOf({ connectionString, password }: pg.PoolConfig): string | undefined {
  if (typeof password === 'string') return password
  if (!connectionString || !URL.canParse(connectionString)) return undefined
  return decodeURIComponent(new URL(connectionString).password)
}

function asService({ connectionString, ...connection }: pg.PoolConfig, password: string): pg.PoolConfig {
  if (connectionString === undefined) return { ...connection, user: serviceLogin, password }
  const url = new URL(connectionString)
  url.username = serviceLogin
  url.password = password
  return { ...connection, connectionString: url.href }
}

async function isAdmitted(connection: pg.PoolConfig): Promise<boolean> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query(
      "select pg_has_role(session_user, $1, 'member') and pg_has_role(session_user, $2, 'member') as admitted",
      [platformRole, roomRole],
    )
    return rows[0].admitted as boolean
  } catch (error) {
    // 42704: one of the roles is not there yet
    if ([...notAdmitted, '42704'].includes(String((error as { code?: string }).code))) return false
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}

/** Roles belong to the whole server: another database of it may be making the same one at this moment. */
async function makeLogin(owner: pg.Pool, password: string): Promise<void> {
  const roles = [roomRole, platformRole, serviceLogin].map(
    (role) => `
    begin create role ${role} nologin; exception when duplicate_object or unique_violation then null; end;`,
  )
  const statement = `do $make$ begin
    ${roles.join('')}
    alter role ${serviceLogin} login noinherit nosuperuser nocreatedb nocreaterole nobypassrls password ${pg.escapeLiteral(password)};
    grant ${platformRole}, ${roomRole} to ${serviceLogin};
  end $make$`
  for (let tries = 5; ; tries -= 1)
    try {
      await owner.query(statement)
      return
    } catch (error) {
      // tuple concurrently updated
      if (tries === 0 || (error as { code?: string }).code !== 'XX000') throw error
    }
}
