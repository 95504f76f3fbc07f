package giga.redraw.run;

import giga.redraw.Tile;
import java.nio.file.Path;

/** What a run tells while it works. */
public sealed interface ProgressEvent {
    /** @param done units that an earlier run had finished */
    record StageStarted(Stage stage, long done) implements ProgressEvent {}

    /** @param done units finished so far, of {@link Stage#total} */
    record StageAdvanced(Stage stage, long done) implements ProgressEvent {}

    record StageFinished(Stage stage, double seconds) implements ProgressEvent {}

    /**
     * A tile is stored. The seconds of a batch are shared evenly among its tiles.
     *
     * @param done tiles of the phase stored so far, of {@link Stage#total}
     */
    record TileDone(Stage stage, Tile tile, long done, double readSeconds, double computeSeconds, double writeSeconds)
            implements ProgressEvent {}

    /** A new picture is written. */
    record PictureDone(Path file, long seed) implements ProgressEvent {}

    /** Something worth a line: what was found damaged and is done again, or why bytes may differ. */
    record Noticed(String text) implements ProgressEvent {}
}
