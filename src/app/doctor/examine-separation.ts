import { openKeyCommand } from '../../platform/vault/key-command.ts'
import { type Finding, fail, note, pass } from './finding.ts'
import { sameDisk } from './same-disk.ts'

/** 所在 — of the data and of what must not lie beside them. */
export interface Places {
  /** Of the built-in database; absent where a server elsewhere holds it. */
  readonly data: string | undefined
  readonly keyFile: string
  readonly auditKey: string
}

/** 查分开保管 — who steals the data's disk must not have the keys on it too, and who uploads must not bring a virus in. For a real site. */
export async function examineSeparation({ data, keyFile, auditKey }: Places): Promise<Finding[]> {
  const { KUOYOU_KEY_COMMAND, KUOYOU_CLAMD } = process.env
  return [
    ...(KUOYOU_KEY_COMMAND ? [await keyProgram(KUOYOU_KEY_COMMAND)] : []),
    ...(data === undefined
      ? []
      : [
          ...(KUOYOU_KEY_COMMAND ? [] : [apart('数据密钥所在', keyFile, data, dataKeyWords)]),
          apart('审计密钥所在', auditKey, data, auditKeyWords),
        ]),
    KUOYOU_CLAMD
      ? pass('查毒', KUOYOU_CLAMD)
      : note(
          '查毒',
          '上传的文件没有程序查毒—带病毒的附件会原样传给打开它的人',
          '请装 ClamAV，并用 KUOYOU_CLAMD=主机:端口 或套接字路径指明它。',
        ),
  ]
}

interface Words {
  readonly why: string
  readonly mend: string
}

const dataKeyWords: Words = {
  why: '拿走这块磁盘的人，连同打开个人信息的密钥一起拿走了',
  mend: '请把它移到另一块磁盘，用 KUOYOU_KEY_FILE 指明；或用 KUOYOU_KEY_COMMAND 交给密码机、密钥服务保管。',
}
const auditKeyWords: Words = {
  why: '能改这块磁盘的人，既能改审计又能重新签名，看不出来',
  mend: '请把它移到另一块磁盘，用 KUOYOU_AUDIT_KEY 指明。',
}

function apart(what: string, key: string, data: string, { why, mend }: Words): Finding {
  return sameDisk(key, data)
    ? fail(what, `${key} 与数据在同一块磁盘上—${why}`, mend)
    : pass(what, `${key}，不在数据那块磁盘上`)
}

async function keyProgram(command: string): Promise<Finding> {
  return openKeyCommand(command).then(
    ({ current }) => pass('密钥程序', `有回答，主密钥 ${current}`),
    (error: Error) => fail('密钥程序', error.message, '平台下次启动要用它，请先修好。'),
  )
}
