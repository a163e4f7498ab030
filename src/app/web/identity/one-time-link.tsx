import { Button, Input, Space } from 'antd'

/** 一次性链接 — shown once to the administrator, who hands it to the account's owner. */
export function OneTimeLink({ token }: { token: string }) {
  const link = `${window.location.origin}/set-password?token=${token}`
  return (
    <div className="notice" style={{ flexDirection: 'column', marginBottom: 14 }}>
      <span>
        请把这个链接当面或通过可靠渠道交给本人，24
        小时内可用一次。它只显示这一次；谁先打开谁就能设密码，本人发现打不开时请立即告知。
      </span>
      <Space.Compact style={{ width: '100%' }}>
        <Input readOnly value={link} aria-label="一次性链接" />
        <Button onClick={() => navigator.clipboard.writeText(link)}>复制</Button>
      </Space.Compact>
    </div>
  )
}
