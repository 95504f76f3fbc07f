package giga.redraw.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import giga.redraw.JobException;
import giga.redraw.Request;
import giga.redraw.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system in memory that is really full; needs the right to mount one. */
class DiskFullTest {
    @TempDir
    Path folder;

    private boolean mounted;

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (mounted) command("umount", folder.resolve("small").toString());
    }

    @Test
    void aFullDiskEndsTheRunAndTheJobGoesOnWhenThereIsRoom() throws IOException, InterruptedException {
        Redraws redraws = Redraws.in(folder);
        byte[] expected = redraws.undisturbed();
        Path small = Files.createDirectory(folder.resolve("small"));
        mounted = command("mount", "-t", "tmpfs", "-o", "size=64m", "giga-test", small.toString());
        assumeTrue(mounted, "mounting a small file system needs root");
        Request request = redraws.request("full", Redraws.TILING, 2, 2);
        try (Job job = Job.create(small.resolve("job"), request)) {
            // Somebody else fills the disk after the job began.
            assertThat(command("mount", "-o", "remount,size=3m", small.toString()))
                    .isTrue();
            assertThatThrownBy(() -> Redraws.run(job))
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining("disk is full")
                    .hasMessageContaining(small.resolve("job").toString())
                    .hasMessageContaining("MB are free")
                    .hasMessageContaining("giga resume");
        }
        assertThat(redraws.output("full")).doesNotExist();
        assertThat(command("mount", "-o", "remount,size=64m", small.toString())).isTrue();
        try (Job job = Job.open(small.resolve("job"))) {
            RunStats stats = Redraws.run(job);
            assertThat(stats.mended())
                    .as("what a full disk cut off never got its name")
                    .isZero();
        }
        assertThat(redraws.result("full")).isEqualTo(expected);
    }

    /** Picture, job and result on one disk that grows by little: it is full at every stage, that of the result included. */
    @Test
    void aDiskThatIsFullAgainAndAgainCostsNothingButTime() throws IOException, InterruptedException {
        byte[] expected = Redraws.in(folder.resolve("large")).undisturbed();
        Path small = Files.createDirectory(folder.resolve("small"));
        mounted = command("mount", "-t", "tmpfs", "-o", "size=64m", "giga-test", small.toString());
        assumeTrue(mounted, "mounting a small file system needs root");
        Redraws redraws = Redraws.in(small);
        redraws.create("full").close();
        int full = 0;
        for (int kilobytes = 200; Files.notExists(redraws.output("full")); kilobytes += 220) {
            assertThat(command("mount", "-o", "remount,size=" + kilobytes + "k", small.toString()))
                    .isTrue();
            try (Job job = Job.open(redraws.job("full"))) {
                Redraws.run(job);
            } catch (JobException e) {
                full++;
                assertThat(e).hasMessageContaining("disk is full").hasMessageContaining("giga resume");
                assertThat(redraws.output("full")).doesNotExist();
            }
            assertThat(kilobytes).as("as much as two of it take").isLessThan(10_000);
        }
        assertThat(full).isGreaterThan(5);
        assertThat(redraws.result("full")).isEqualTo(expected);
    }

    @Test
    void aDiskWithoutAnyRoomIsLeftAsItWas() throws IOException, InterruptedException {
        Redraws redraws = Redraws.in(folder);
        Path small = Files.createDirectory(folder.resolve("small"));
        mounted = command("mount", "-t", "tmpfs", "-o", "size=4k", "giga-test", small.toString());
        assumeTrue(mounted, "mounting a small file system needs root");
        Request request = redraws.request("full", Redraws.TILING, 2, 2);
        assertThatThrownBy(() -> Job.create(small.resolve("job"), request))
                .isInstanceOf(JobException.class)
                .hasMessageMatching(
                        "The job needs up to 4\\.\\d MB of disk while it runs, and 0\\.0 MB are free for .*: free some space or give --job on another disk\\.");
        assertThat(small).isEmptyDirectory();
    }

    @Test
    void aJobThatTheDiskCannotHoldIsRefusedWithWhatItCould() throws IOException, InterruptedException {
        Redraws redraws = Redraws.in(folder);
        Path small = Files.createDirectory(folder.resolve("small"));
        mounted = command("mount", "-t", "tmpfs", "-o", "size=3m", "giga-test", small.toString());
        assumeTrue(mounted, "mounting a small file system needs root");
        Request request = redraws.request("full", Redraws.TILING, 2, 2);
        assertThatThrownBy(() -> Job.create(small.resolve("job"), request))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("3.1 MB are free for " + small.resolve("job"))
                .hasMessageContaining("--passes 1 (")
                .hasMessageContaining("--scale 1.");
        assertThat(small).isEmptyDirectory();
        Request fewer = redraws.request("full", Redraws.TILING, 1, 2);
        try (Job job = Job.create(small.resolve("job"), fewer)) {
            Redraws.run(job);
        }
        assertThat(redraws.output("full")).exists();
    }

    private static boolean command(String... words) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(words).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
