const escapeHtml = (text: unknown): string =>
  String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

interface Operation {
  summary: string;
  description?: string;
  tags: string[];
  parameters: { name: string; in: string; required: boolean }[];
  requestBody?: { content: Record<string, { schema: unknown }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>;
  'x-callers'?: string[];
}

const schemaBlock = (title: string, schema: unknown): string =>
  `<details><summary>${escapeHtml(title)}</summary><pre>${escapeHtml(JSON.stringify(schema, null, 2))}</pre></details>`;

function operation(method: string, path: string, op: Operation): string {
  const callers = op['x-callers'] ? op['x-callers'].join(', ') : 'ai cũng gọi được';
  const parameters = op.parameters
    .map((p) => `<li><code>${escapeHtml(p.name)}</code> (${escapeHtml(p.in)}${p.required ? ', bắt buộc' : ''})</li>`)
    .join('');
  const body = Object.values(op.requestBody?.content ?? {}).map((c) => schemaBlock('Nội dung gửi lên', c.schema));
  const answers = Object.entries(op.responses).map(
    ([status, r]) =>
      `<li><code>${escapeHtml(status)}</code> ${escapeHtml(r.description)}${Object.values(r.content ?? {})
        .map((c) => schemaBlock('Nội dung trả về', c.schema))
        .join('')}</li>`,
  );
  return `<article><h3><code>${escapeHtml(method.toUpperCase())}</code> <code>${escapeHtml(path)}</code></h3><p>${escapeHtml(op.summary)}${op.description ? `. ${escapeHtml(op.description)}` : ''}</p><p>Người gọi: ${escapeHtml(callers)}</p>${parameters ? `<ul>${parameters}</ul>` : ''}${body.join('')}<ul>${answers.join('')}</ul></article>`;
}

/** The contract as one page for people: no script, readable on a phone. */
export function docsPage(document: Record<string, unknown>): string {
  const paths = document.paths as Record<string, Record<string, Operation>>;
  const tags = (document.tags as { name: string }[]).map(({ name }) => name);
  const of = (tag: string) =>
    Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([, op]) => op.tags.includes(tag))
        .map(([method, op]) => operation(method, path, op)),
    );
  const { components } = document as { components: { schemas: Record<string, unknown> } };
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => `<section id="${escapeHtml(name)}">${schemaBlock(name, schema)}</section>`,
  );
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Tài liệu API – Chợ Kinh Bắc</title><link rel="stylesheet" href="/docs.css"></head><body><main><h1>Tài liệu API</h1><p>Bản cho máy đọc: <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1).</p><nav aria-label="Nhóm"><ul>${tags.map((tag) => `<li><a href="#${escapeHtml(tag)}">${escapeHtml(tag)}</a></li>`).join('')}</ul></nav>${tags.map((tag) => `<section id="${escapeHtml(tag)}"><h2>${escapeHtml(tag)}</h2>${of(tag).join('')}</section>`).join('')}<h2>Kiểu dữ liệu</h2>${schemas.join('')}</main></body></html>`;
}
