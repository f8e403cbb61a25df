import { describe, expect, it } from 'vitest';
import { panelHtml } from '../../src/extension/panel/panel-html';

const html = panelHtml({
  title: '<img src=x onerror=alert(1)>.model.yaml',
  language: 'en',
  script: 'https://host/webview.js',
  style: 'https://host/webview.css',
  cspSource: 'https://host',
  nonce: 'abc123',
});

describe('the page of the panel', () => {
  it('lets in its own script and style alone', () => {
    expect(html).toContain("default-src 'none'; script-src 'nonce-abc123'; style-src https://host;");
    expect(html).toContain("base-uri 'none'; form-action 'none'");
    expect(html).not.toMatch(/unsafe|\son\w+="/);
    expect(html.match(/<script/g)).toHaveLength(1);
  });

  it('takes a file name as text', () => {
    expect(html).not.toContain('<img');
  });
});
