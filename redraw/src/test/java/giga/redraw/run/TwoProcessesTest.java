package giga.redraw.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.redraw.JobException;
import giga.redraw.job.Job;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoProcessesTest {
    @TempDir
    Path folder;

    @Test
    void theSecondOneIsToldWhoHasTheJob() throws Exception {
        Redraws redraws = Redraws.in(folder);
        Path job = redraws.job("shared");
        try (RedrawProcess first = RedrawProcess.start(redraws, "shared", 60_000)) {
            first.awaitBegin();
            assertThatThrownBy(() -> Job.open(job))
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining("in use by process " + first.pid() + " on ");
        }
        // Killed: what its lock file says no longer counts.
        try (Job open = Job.open(job)) {
            assertThatThrownBy(() -> Job.open(job)).hasMessageContaining("in use by this very process");
            // The refused try must not have freed this process' lock, which closing any descriptor would.
            try (RedrawProcess second = RedrawProcess.start(redraws, "shared", 0)) {
                assertThat(second.awaitEnd()).isNotZero();
            }
            assertThat(open.plan().tileCount()).isPositive();
        }
        assertThat(folder.resolve("shared.err"))
                .content()
                .contains("in use by process " + ProcessHandle.current().pid());
    }
}
