package giga.redraw.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.redraw.JobException;
import giga.redraw.Plan;
import giga.redraw.Planner;
import giga.redraw.Request;
import giga.redraw.run.Redraws;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {
    private static final Request.Tiling TILING = new Request.Tiling(768, 128, 32, Request.Order.CHESS, 16, 1);

    @TempDir
    Path folder;

    @Test
    void asMuchAsIsNeededIsEnough() {
        Request request = poster(3, 2);
        Plan plan = Planner.plan(request, 1024, 1280);
        long needed = request.peakDiskBytes(plan);
        new Room(folder, needed).refuse(request, plan);
        assertThatThrownBy(() -> new Room(folder, needed - 1).refuse(request, plan))
                .isInstanceOf(JobException.class);
    }

    @Test
    void whatIsOfferedInsteadFits() {
        Request request = poster(3, 2);
        Plan plan = Planner.plan(request, 1024, 1280);
        Room room = new Room(folder, 100_000_000);
        Matcher offer = Pattern.compile(
                        "The job needs up to (\\d+\\.\\d) MB of disk while it runs, and 100\\.0 MB are free for .*: "
                                + "free some space, give --job on another disk, --passes (\\d) .* or --scale ([\\d.]+) \\(.*\\)\\.")
                .matcher(refusal(room, request, plan));
        assertThat(offer.matches()).isTrue();
        assertThat(Double.parseDouble(offer.group(1))).isGreaterThan(2 * 3 * 8192 * 10240 / 1e6);
        Request fewer = poster(Integer.parseInt(offer.group(2)), 2);
        room.refuse(fewer, Planner.plan(fewer, 1024, 1280));
        double scale = Double.parseDouble(offer.group(3));
        Request smaller = poster(3, scale);
        room.refuse(smaller, Planner.plan(smaller, 1024, 1280));
        Request larger = poster(3, scale + 0.05);
        assertThat(refusal(room, larger, Planner.plan(larger, 1024, 1280))).contains("are free");
    }

    @Test
    void whereNothingFitsNothingIsOffered() {
        Request request = poster(3, 2);
        Plan plan = Planner.plan(request, 1024, 1280);
        assertThat(refusal(new Room(folder, 0), request, plan))
                .endsWith("and 0.0 MB are free for " + folder + ": free some space or give --job on another disk.");
    }

    @Test
    void aFolderThatIsYetToBeMadeLiesOnTheDiskOfTheOneAboveIt() {
        assertThat(Room.below(folder.resolve("a/b/c")).orElseThrow().free()).isPositive();
    }

    private static String refusal(Room room, Request request, Plan plan) {
        try {
            room.refuse(request, plan);
        } catch (JobException e) {
            return e.getMessage();
        }
        throw new AssertionError("it fits");
    }

    private Request poster(int passes, double scale) {
        return new Redraws(folder).request("poster", TILING, passes, scale);
    }
}
