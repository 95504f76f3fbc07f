package giga.redraw.run;

import giga.canvas.input.PictureFile;
import giga.canvas.store.ZarrPicture;
import giga.redraw.job.Job;

/** The picture's file becomes the first canvas. */
record Import(RunContext run, Step.Decode step) {

    void perform() {
        run.account().time(Account.Kind.DECODE, this::decode);
    }

    private void decode() {
        Job job = run.job();
        try (PictureFile picture = PictureFile.open(job.input())) {
            if (picture.info().width() != step.width() || picture.info().height() != step.height())
                job.refuseOtherSource();
            ZarrPicture canvas = run.begun(step);
            run.stage(new Stage(Stage.Kind.DECODE, 0, 0, step.height()), rows -> picture.copyTo(canvas, rows));
        }
    }
}
