import { Button, Input, Popconfirm } from 'antd'
import { useState } from 'react'
import type { AccountSeen } from '../../../platform/access/identity-contract.ts'

/** 更正姓名 — what an account is shown as, for a slip of the pen or a changed name. */
export function RenameAccount(props: { account: AccountSeen; onRename: (name: string) => void }) {
  const [name, setName] = useState(props.account.name)
  return (
    <Popconfirm
      title="更正姓名"
      description={
        <Input
          aria-label="姓名"
          maxLength={30}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      }
      okText="保存"
      okButtonProps={{ disabled: name.trim() === '' || name.trim() === props.account.name }}
      onConfirm={() => props.onRename(name.trim())}
      onCancel={() => setName(props.account.name)}
    >
      <Button>更正姓名</Button>
    </Popconfirm>
  )
}
