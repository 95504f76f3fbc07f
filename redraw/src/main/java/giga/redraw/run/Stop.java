package giga.redraw.run;

/** A wish to stop, for example by Ctrl-C: the run ends after the batch at hand, and the job can be resumed. */
public final class Stop {
    private volatile boolean requested;

    public void request() {
        requested = true;
    }

    public boolean isRequested() {
        return requested;
    }

    /** Called wherever stopping loses nothing. @throws StoppedException when it was asked for */
    public void check() {
        if (requested) throw new StoppedException();
    }
}
