package giga.redraw;

import java.util.Locale;

/** Where the tiles of a pass become one picture. */
public enum Join {
    /** Each is drawn to its end; what neighbours share is blended in the picture. */
    PIXELS,
    /**
     * All advance together, call by call of the denoiser, in windows without overlap whose grid moves from call to call
     * (the idea of Frolov et al., "SpotDiffusion", 2024).
     */
    SHIFTED,
    /** The same in windows that overlap and stay, and whose answers are averaged (Bar-Tal et al., "MultiDiffusion", 2023). */
    AVERAGE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
