package giga.redraw.run;

/** Listens to a run. Called by one thread at a time, though not always the same one, and should return soon. */
@FunctionalInterface
public interface Progress {
    Progress NONE = event -> {};

    void on(ProgressEvent event);
}
