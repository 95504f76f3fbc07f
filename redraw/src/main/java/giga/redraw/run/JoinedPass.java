package giga.redraw.run;

import giga.canvas.Picture;
import giga.canvas.Region;
import giga.diffusion.Planes;
import giga.diffusion.StableDiffusion;
import giga.redraw.Padding;
import giga.redraw.Pass;
import giga.redraw.Request;
import giga.redraw.Windows;
import giga.redraw.job.LatentLayer;
import giga.redraw.job.Latents;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A pass whose windows go through the sampler together, call by call of its denoiser. The encoded picture and the answers
 * to each call lie on disk, in pieces; the sampler itself is run again for every window on what was answered so far. A
 * piece follows from earlier layers alone, so order, threads and kills change nothing, and memory holds one batch.
 */
final class JoinedPass {
    private static final int LATENT = StableDiffusion.PIXELS_PER_LATENT;

    private final RunContext run;
    private final Pass pass;
    private final LatentRedrawer redrawer;
    private final Windows windows;
    private final List<LatentLayer> layers = new ArrayList<>();

    JoinedPass(RunContext run, Pass pass) {
        this.run = run;
        this.pass = pass;
        this.redrawer = run.redrawer().latents();
        Request.Tiling tiling = pass.tiling();
        this.windows = Windows.of(tiling, pass.width(), pass.height());
        Latents latents = run.job().latents(pass);
        layers.add(layer(latents, 0, windows.cores(tiling.tile() / LATENT), (place, length) -> 1));
        for (int call = 0; call < redrawer.calls(pass); call++)
            layers.add(layer(latents, call + 1, windows.at(call), windows::weight));
    }

    private LatentLayer layer(Latents latents, int number, List<Region> pieces, LatentLayer.Weight weight) {
        return latents.layer(number, windows.width(), windows.height(), pieces, weight);
    }

    /** Makes what is missing of the latents. */
    void make(Picture canvas) {
        encode(canvas);
        for (int call = 0; call < redrawer.calls(pass); call++) answer(call);
    }

    /** What tiles become, once the latents are made. */
    TileRedrawer decoder() {
        return (_, _, batch) -> batch.stream().map(this::decode).toList();
    }

    private void encode(Picture canvas) {
        int halo = pass.tiling().padding() / 2 / LATENT;
        each(Stage.Kind.ENCODE, 0, 1, pieces -> {
            Region place = pieces.getFirst();
            Region seen = place.grow(halo, all());
            Planes encoded = redrawer.encode(pass, canvas.read(pixels(seen)));
            return List.of(encoded.part(place.x() - seen.x(), place.y() - seen.y(), place.width(), place.height()));
        });
    }

    private void answer(int call) {
        each(Stage.Kind.SAMPLE, call + 1, pass.tiling().batch(), batch -> {
            List<Planes> encoded = batch.stream().map(layers.getFirst()::read).toList();
            List<List<Planes>> known = new ArrayList<>();
            for (Region window : batch) known.add(answers(window, call));
            return redrawer.answer(pass, batch, encoded, known);
        });
    }

    private interface Making {
        List<Planes> of(List<Region> pieces);
    }

    /** A batch is made as a whole: the networks' last bits may depend on its size. */
    private void each(Stage.Kind kind, int number, int batch, Making making) {
        LatentLayer layer = layers.get(number);
        List<Region> pieces = layer.pieces();
        Set<Integer> missing = layer.missing(run.reporter()::noticed);
        run.reporter().started(new Stage(kind, pass.number(), number, pieces.size()), pieces.size() - missing.size());
        long done = pieces.size() - missing.size();
        for (int from = 0; from < pieces.size(); from += batch) {
            List<Integer> group = IntStream.range(from, Math.min(from + batch, pieces.size()))
                    .boxed()
                    .toList();
            if (group.stream().noneMatch(missing::contains)) continue;
            run.stop().check();
            List<Planes> made = run.account()
                    .time(
                            Account.Kind.REDRAW,
                            () -> making.of(group.stream().map(pieces::get).toList()));
            for (int i = 0; i < made.size(); i++) layer.store(group.get(i), made.get(i));
            done += group.stream().filter(missing::contains).count();
            run.reporter().advanced(done);
        }
        run.reporter().finished();
    }

    private Planes decode(TileInput input) {
        Region read = input.tile().read();
        Region region = latents(read).intersection(all());
        return redrawer.decode(
                pass, input, region, layers.getFirst().read(region), answers(region, redrawer.calls(pass)));
    }

    private List<Planes> answers(Region region, int calls) {
        return layers.subList(1, calls + 1).stream()
                .map(layer -> layer.read(region))
                .toList();
    }

    /** The latents that hold all of a read rectangle; a picture smaller than the networks take is padded to the right. */
    private static Region latents(Region read) {
        int x = read.x() / LATENT;
        int y = read.y() / LATENT;
        Padding padded = Padding.of(read.right() - x * LATENT, read.bottom() - y * LATENT);
        return new Region(x, y, padded.paddedWidth() / LATENT, padded.paddedHeight() / LATENT);
    }

    private Region all() {
        return new Region(0, 0, windows.width(), windows.height());
    }

    private Region pixels(Region latents) {
        return new Region(
                        latents.x() * LATENT, latents.y() * LATENT, latents.width() * LATENT, latents.height() * LATENT)
                .intersection(new Region(0, 0, pass.width(), pass.height()));
    }
}
