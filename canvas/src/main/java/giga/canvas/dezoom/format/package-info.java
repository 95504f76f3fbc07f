/** How servers lay out large pictures in tiles: pure functions from a description to {@link giga.canvas.dezoom.format.Level levels}. */
package giga.canvas.dezoom.format;
