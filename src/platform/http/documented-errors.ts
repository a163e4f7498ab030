import { problemType } from './answer.ts'

/** What every answer that is not a success looks like: see `ErrorAnswer`. */
const Problem = {
  type: 'object',
  required: ['kind', 'text'],
  properties: {
    kind: {
      type: 'string',
      enum: ['problem', 'refusal', 'denied', 'not-found', 'too-many', 'fault', 'unavailable'],
      description: '哪一类：填写问题、不予办理、无权、没有找到、太频繁、平台出错、暂不可用',
    },
    text: { type: 'string', description: '可以直接给人看的中文：哪里错、为什么、怎么改' },
    problems: {
      type: 'array',
      description: '逐处的填写问题',
      items: {
        type: 'object',
        required: ['path', 'code', 'text'],
        properties: {
          path: { type: 'string', description: '哪一处' },
          code: { type: 'string' },
          text: { type: 'string' },
        },
      },
    },
    refusal: {
      type: 'object',
      description: '不予办理的代码与依据',
      required: ['code', 'text'],
      properties: { code: { type: 'string' }, text: { type: 'string' }, basis: {} },
    },
    traceId: { type: 'string', description: '报给管理员的编号' },
  },
} as const

const retryAfter = {
  'Retry-After': { description: '多少秒后再试', schema: { type: 'integer', minimum: 1 } },
} as const

/** 出错的情形 — per status: its name in the document, what it means, and an answer of its kind. */
const cases = {
  400: ['Malformed', '请求不合格式', 'problem', '请求有 1 处填写问题：“days”太大，应不大于 366。'],
  401: ['NotSignedIn', '没有登录，或令牌无效', 'denied', '请先登录。'],
  403: [
    'Denied',
    '无权，或请求来自别的网站',
    'denied',
    '您的角色不能使用这项功能：只有市县教体局工作人员可以导入。',
  ],
  404: [
    'NotFound',
    '没有，或不在管辖范围内',
    'not-found',
    '没有找到，或不在您的管辖范围内。请核对编号，或换一个单位再查。',
  ],
  409: ['Conflict', '已被别人改过', 'refusal', '这条记录刚被别人改过，您的改动没有保存。请对照后再提交。'],
  413: [
    'TooLarge',
    '太大',
    'problem',
    '文件超过 20 MB。请拆成几个文件，或删去与数据无关的图片和工作表后再传。',
  ],
  415: [
    'WrongMediaType',
    '内容类型不对',
    'problem',
    '请求的格式无法识别。请从本平台页面操作，或对照接口说明检查。',
  ],
  421: [
    'UnknownHost',
    '不是本平台的网址',
    'denied',
    '这个网址不是本平台的正式网址，未予办理。请改用管理员公布的网址。',
  ],
  422: [
    'Refused',
    '不予办理，带代码与依据',
    'refusal',
    '这个请求编号已经用于另一件事，未予办理。请换一个新的编号再提交。',
  ],
  429: ['TooMany', '太频繁', 'too-many', '这个账号一分钟内的请求太多，这一次未予办理。请 30 秒后再试。'],
  500: [
    'Fault',
    '平台出错，数据没有改动',
    'fault',
    '平台出错，您的数据没有改动。请稍后再试；若仍不行，请把编号告诉管理员。',
  ],
  503: [
    'Unavailable',
    '过忙，或数据库暂时连不上',
    'unavailable',
    '数据库暂时连不上，这一步没有办成。请 5 秒后再试。',
  ],
  507: [
    'Full',
    '服务器磁盘已满',
    'unavailable',
    '服务器磁盘已满，这一步没有办成，已有数据没有改动。请联系管理员清理磁盘。',
  ],
} as const

/** 出错答复的说明 — what every route can answer besides success, by status. */
export const documentedErrors = Object.fromEntries(
  Object.entries(cases).map(([status, [name]]) => [status, { $ref: `#/components/responses/${name}` }]),
)

/** 出错答复的部件 — the document's own parts that `documentedErrors` points to. */
export const errorComponents = {
  schemas: { Problem },
  responses: Object.fromEntries(
    Object.entries(cases).map(([status, [name, description, kind, text]]) => [
      name,
      {
        description,
        ...(['429', '503', '507'].includes(status) && { headers: retryAfter }),
        content: {
          [problemType]: { schema: { $ref: '#/components/schemas/Problem' }, example: { kind, text } },
        },
      },
    ]),
  ),
}
