package giga.canvas.finish;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.PixelsInMemory;
import java.util.Locale;

final class FinishFigures {
    public static void main(String[] args) {
        Pixels source = PixelsInMemory.noise(4096, 2048, 1);
        for (String what : args) {
            Sharpening sharpening = Sharpening.NONE;
            Grain grain = Grain.NONE;
            Texture texture = Texture.NONE;
            for (String t : new String[] {"paper", "canvas", "linen"})
                if (what.contains(t))
                    for (Blend b : Blend.values())
                        if (b == Blend.MULTIPLY || what.contains(b.toString()))
                            texture = new Texture(t, .55, b, Texture.Fit.TILE, 1, Tone.NEUTRAL);
            Tone tone = Tone.NEUTRAL;
            for (Sharpening.Method m : Sharpening.Method.values())
                if (what.contains(m.toString())) sharpening = new Sharpening(1, m, 1, 0);
            if (what.contains("grain")) grain = new Grain(5, 2, 0);
            if (what.contains("tone")) tone = new Tone(5, 2, 0);
            Picture p = new Finish(Finish.USUAL_ORDER, sharpening, grain, texture, tone).of(source, _ -> source);
            double best = 0;
            for (int round = 0; round < 8; round++) {
                long start = System.nanoTime();
                p.read(source.bounds());
                best = Math.max(best, 4096 * 2048 / 1e6 / ((System.nanoTime() - start) / 1e9));
            }
            System.out.printf(Locale.ROOT, "%s %.1f Mpx/s%n", what, best);
        }
    }
}
