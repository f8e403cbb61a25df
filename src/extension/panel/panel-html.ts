/** The page of the panel: a frame that loads the bundled script and style, and lets nothing else in. */

export interface PanelPage {
  readonly title: string;
  /** Language tag of the editor's user interface. */
  readonly language: string;
  readonly script: string;
  readonly style: string;
  /** The webview's source of resources, for the content security policy. */
  readonly cspSource: string;
  /** Unguessable and new for every page. */
  readonly nonce: string;
}

export function panelHtml({ title, language, script, style, cspSource, nonce }: PanelPage): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource}; font-src ${cspSource}; img-src ${cspSource}; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(language)}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${escapeAttribute(style)}">
  <title>${escapeAttribute(title)}</title>
</head>
<body>
  <script nonce="${nonce}" src="${escapeAttribute(script)}"></script>
</body>
</html>
`;
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
}
