import { PhotoField } from './PhotoField.tsx'

export const examples = [
  () => <PhotoField id="code" label="Take a photo of the code" onText={() => {}} />,
  () => <PhotoField id="code" label="Take a photo of the code" hint="It is on the paper." onText={() => {}} />,
]
