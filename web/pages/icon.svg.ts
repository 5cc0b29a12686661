import type { APIRoute } from 'astro';
import { drawLogo } from '../art/scene.ts';
import { svgFile } from '../platform/svg.ts';

export const GET: APIRoute = () => svgFile(drawLogo());
