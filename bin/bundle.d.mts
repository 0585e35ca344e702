/** The path of the bundle of this entry (from the project's folder), made anew when a source has changed. */
export function bundled(
  entry: string,
  platform: 'node' | 'browser',
  languages?: ('fr' | 'en')[],
): Promise<string>
