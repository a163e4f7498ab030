import { Button, Input, Space } from 'antd'

/** 只显示一次 — a secret to be taken along now: what to do with it, the secret itself, and a button that copies it. */
export function ShownOnce(props: { words: string; name: string; secret: string }) {
  const { words, name, secret } = props
  return (
    <div className="notice" style={{ flexDirection: 'column', marginBottom: 14 }}>
      <span>{words}</span>
      <Space.Compact style={{ width: '100%' }}>
        <Input readOnly value={secret} aria-label={name} />
        <Button onClick={() => navigator.clipboard.writeText(secret)}>复制</Button>
      </Space.Compact>
    </div>
  )
}
