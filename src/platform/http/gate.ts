import type { FastifyReply, FastifyRequest } from 'fastify'
import { tokenReaches } from '../access/api-token.ts'
import { admit, type Policy } from '../access/policy.ts'
import type { Visitor } from '../access/visitor.ts'
import { sendError } from './answer.ts'
import type { Route } from './route.ts'

/** 未登录者 — holds nothing. */
export const stranger: Visitor = { account: '', name: '未登录', role: '', counties: [], grants: [] }

/**
 * 门禁 — lets a visitor through as the route's policy sees them, or answers why not.
 *
 * It stands before validation: a stranger learns nothing from the shape of an error.
 */
export function passGate(
  route: Pick<Route, 'may' | 'method'>,
  reply: FastifyReply,
  visitor: Visitor | undefined,
): Visitor | FastifyReply {
  if (!visitor && route.may.roles === 'anyone') return stranger
  const admitted = admit(route.may, visitor)
  if (visitor && !tokenReaches(visitor, route.may, route.method))
    return sendError(reply, { kind: 'denied', text: tokenTooNarrow })
  if (admitted) return admitted
  if (visitor) return sendError(reply, { kind: 'denied', text: whyNot(route.may, visitor) })
  return sendError(reply, { kind: 'denied', text: '请先登录。' }, 401)
}

function whyNot({ everyStage, everyInstitution, ...may }: Policy, visitor: Visitor): string {
  const partly = admit(may, visitor) !== undefined
  if (partly && everyInstitution && !admit({ ...may, everyInstitution }, visitor))
    return '这项功能涉及全县的学校（园），而您的授权只限其中一部分，不能使用。需要时请安全管理员改授。'
  return partly
    ? '这项功能涉及全部学段，而您的授权只限其中一部分，不能使用。需要时请安全管理员改授。'
    : `您的角色不能使用这项功能：${may.zh}。`
}

const tokenTooNarrow =
  '这个接口令牌不包括这项功能，未予办理。请改用包括它的令牌；账号、密码、授权和令牌本身只能由本人登录后办理。'

/**
 * 来自别处 — why an act is not even listened to: the browser says that another site sends it, or sends it in a way in
 * which any site's form can send. Undefined for whoever may be listened to.
 *
 * A browser says where a request comes from; one that says another place, or nothing at all although it carries this
 * site's cookie, is turned away. Programs that carry no cookie need not say. Forms send text, fields or files: of
 * these only a file is ever taken, where a route takes one.
 */
export function fromElsewhere(route: Pick<Route, 'upload'>, { headers }: FastifyRequest): string | undefined {
  if (!sameSite(headers)) return '请求来自别的网站，未予办理。请从本平台页面操作。'
  const [type = ''] = (headers['content-type'] ?? '').toLowerCase().split(';')
  const byForm = formTypes.includes(type.trim()) && !(route.upload && type.trim() === 'multipart/form-data')
  return byForm ? '请求是按网页表单的方式发来的，未予办理。请从本平台页面操作；程序请用 JSON。' : undefined
}

const formTypes = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']

function sameSite({ origin, host, cookie, 'sec-fetch-site': told }: FastifyRequest['headers']): boolean {
  if (told !== undefined && told !== 'same-origin' && told !== 'none') return false
  if (origin !== undefined) return URL.canParse(origin) && new URL(origin).host === host
  return cookie === undefined || told !== undefined
}
