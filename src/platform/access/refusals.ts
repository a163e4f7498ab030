import { refused } from '../../kernel/result.ts'

/** 不予办理代码 — everything sign-in, accounts and grants can refuse, in the words the visitor reads. */
export const refusals = {
  'access.wrong-password': '账号或密码不对。请核对后再试；忘记密码请联系本单位管理员。',
  'access.asleep': '这个账号 {days} 天没有登录，已经休眠。密码没有问题，请联系本站的安全管理员唤醒后再登录。',
  'access.asleep-state': '这个账号在休眠，不能直接启用。请由安全管理员唤醒；不再使用的可以停用。',
  'access.too-many-tries':
    '登录失败次数过多，为防止有人试密码，暂时不能从这里登录。请 {minutes} 分钟后再试；在以前登录过的设备上、或用通行密钥、统一认证登录不受影响。',
  'access.sign-in-over': '这次登录已超时或已中止。请从账号和密码重新开始。',
  'access.wrong-code': '验证码不对，或已经用过。请看手机上的新验证码再输入一次。',
  'access.too-many-codes':
    '验证码连续输错，已暂停核对。请 {minutes} 分钟后重新登录，或改用恢复码、通行密钥。',
  'access.wrong-passkey':
    '通行密钥没有通过核对：可能不是在本平台登记的，或已被移除。请换一个，或改用验证码。',
  'access.passkey-address':
    '当前网址不能使用通行密钥：它要求用域名访问，不能用 IP 地址。请改用平台的域名（本机试用请用 http://localhost）。',
  'access.no-vault': '本站没有配置加密密钥，不能保存验证器。请管理员先配置密钥文件，或改用通行密钥。',
  'access.last-factor': '本站要求第二因素，这是您最后一个。请先登记另一个，再移除它。',
  'access.sign-in-again': '这项改动关系到账号安全，只能在登录后 10 分钟内办理。请退出后重新登录再改。',
  'access.link-spent': '这个链接已经用过或已过期。请联系管理员取得新的链接。',
  'access.first-link-spent': '这个链接已经用过或已过期。请在服务器上重新启动平台，取得新的链接。',
  'access.password-short': '密码太短，容易被试出。请至少用 12 个字符，例如几个不相关的词连在一起。',
  'access.password-leaked':
    '这个密码（或它的主要部分）在已泄露的密码名单上，会最先被人试到。请换一个与它不同的。',
  'access.password-names': '密码里含有您的账号或姓名，容易被猜到。请去掉这部分。',
  'access.password-plain':
    '密码的字符种类太少。本站要求大写字母、小写字母、数字、符号四类中至少三类，请补上。',
  'access.password-same': '新密码与原密码相同。请换一个不同的。',
  'access.old-password-wrong': '原密码不对，密码没有改动。请重新输入原密码。',
  'access.no-password': '这个账号没有密码（演示角色或统一认证账号），没有可以修改的密码。',
  'access.account-taken': '这个账号已有人使用。请换一个账号名。',
  'access.account-personal':
    '账号名像身份证号或手机号，它会显示在许多页面和审计记录里。请改用姓名拼音、工号等。',
  'access.name-personal': '姓名里像有身份证号或手机号，它会显示在许多页面上。请只填姓名。',
  'access.external-id-taken': '这个统一认证标识已对应另一个账号。请核对后再填。',
  'access.own-account': '不能停用自己的账号。请由另一位系统管理员办理。',
  'access.administrator-password':
    '安全管理员和审计管理员的密码不能由系统管理员重置，否则三员分立就落空了。请在服务器上运行 kuoyou administrator-link 取得链接。',
  'access.grant-to-self': '不能给自己授权。请由另一位安全管理员办理。',
  'access.unknown-role': '没有这个角色。请从列表中选择。',
  'access.unknown-scope': '所选的县、机构或学段不存在，或与角色不符。请从列表中选择。',
  'access.two-seats':
    '系统、安全、审计三类管理员必须由不同账号担任，也不能兼任业务角色；这个账号已有的授权与此冲突。请换一个账号，或先结束它原有的授权。',
  'access.grant-days': '授权的起止日期不对：结束日不能早于开始日，也不能早于今天。请改正日期。',
  'access.grant-not-yours': '没有这项授权，或它不是您的、已经结束、本身就是别人委托给您的。请从列表中选择。',
  'access.delegation-exceeds': '委托的范围或期限超出了您自己的授权。请缩小范围，或把结束日提前。',
  'access.unknown-account': '没有这个账号，或它已停用。请核对账号名。',
  'access.seat-filled': '这个管理员席位已经有人担任过，只能由安全管理员授权。',
  'access.token-scope-closed':
    '您自己的授权里没有“{scope}”这一项，令牌不能超出本人的授权。请从列表中选择；确需使用请联系安全管理员授权。',
  'access.reason-personal':
    '授权的依据或理由里像有身份证号或手机号，它会进入审计记录。请改写为文号和事由，不写个人号码。',
  'access.token-name-personal': '令牌名称里像有身份证号或手机号，它会进入审计记录。请换一个说明用途的名称。',
  'access.too-many-tokens': '有效的令牌已有 20 个，不能再发。请先撤销不用的令牌。',
  'access.sso-unknown': '没有配置这个统一认证入口。请从登录页重新选择。',
  'access.sso-failed': '统一认证没有通过：{why}。请从登录页重新开始；仍不行请联系管理员。',
  'access.sso-no-account':
    '统一认证已通过，但没有与您对应的平台账号。请联系本单位的系统管理员开通，并告知您在统一认证中的标识。',
} as const

export type RefusalCode = keyof typeof refusals

/** 拒绝 — the refusal of this code, with `{words}` filled in. */
export function refuse(code: RefusalCode, words: Readonly<Record<string, string | number>> = {}) {
  const text = refusals[code].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(words[name] ?? ''))
  return refused({ code, text })
}

/** 暂不办理 — the refusal of this code for now: its sentence says after how many `{minutes}` to try again. */
export function refuseForNow(code: RefusalCode, waitSeconds: number) {
  const { refusal } = refuse(code, { minutes: Math.ceil(waitSeconds / 60) })
  return refused({ ...refusal, retryAfterSeconds: waitSeconds })
}
