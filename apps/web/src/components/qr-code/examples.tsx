import { QrCode } from './QrCode.tsx'

export const examples = [() => <QrCode content="https://example.org/#abc" label="Square code of the link below" />]
