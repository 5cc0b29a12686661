/** A drawing as a file of the built site. */
export const svgFile = (svg: string): Response => new Response(svg, { headers: { 'Content-Type': 'image/svg+xml; charset=utf-8' } });
