package giga.redraw.run;

import giga.redraw.Pass;
import giga.redraw.Plan;
import java.util.ArrayList;
import java.util.List;

/** One state of the picture is made from the one before. */
sealed interface Step {
    /** The name of the state that the step makes. */
    String state();

    /** Size of that state in pixels. */
    int width();

    int height();

    /** How many tiles are redrawn on the way. */
    default int tiles() {
        return 0;
    }

    /** The picture file becomes a canvas. */
    record Decode(int width, int height) implements Step {
        @Override
        public String state() {
            return "source";
        }
    }

    /** The canvas gets the size of a pass. */
    record Enlarge(Pass pass) implements Step {
        @Override
        public String state() {
            return pass.number() + "-0";
        }

        @Override
        public int width() {
            return pass.width();
        }

        @Override
        public int height() {
            return pass.height();
        }
    }

    /** The tiles of a phase are redrawn and settled. */
    record Redraw(Pass pass, int phase) implements Step {
        @Override
        public String state() {
            return pass.number() + "-" + (phase + 1);
        }

        @Override
        public int width() {
            return pass.width();
        }

        @Override
        public int height() {
            return pass.height();
        }

        @Override
        public int tiles() {
            return pass.phases().get(phase).tiles().size();
        }
    }

    static List<Step> of(Plan plan) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Decode(plan.sourceWidth(), plan.sourceHeight()));
        for (Pass pass : plan.passes()) {
            steps.add(new Enlarge(pass));
            for (int phase = 0; phase < pass.phases().size(); phase++) steps.add(new Redraw(pass, phase));
        }
        return steps;
    }
}
