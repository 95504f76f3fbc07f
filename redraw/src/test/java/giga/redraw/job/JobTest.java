package giga.redraw.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.PictureException;
import giga.redraw.JobException;
import giga.redraw.Request;
import giga.redraw.run.Redraws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobTest {
    @TempDir
    Path folder;

    private Redraws redraws;
    private Path job;

    @BeforeEach
    void picture() {
        redraws = Redraws.in(folder);
        job = redraws.job("a");
    }

    @Test
    void openedAgainItIsTheSame() {
        try (Job created = redraws.create("a");
                Job unlike = redraws.create("b")) {
            assertThat(created.request()).isNotEqualTo(unlike.request());
        }
        try (Job opened = Job.open(job)) {
            assertThat(opened.request()).isEqualTo(redraws.request("a", Redraws.TILING, 2, 2));
            assertThat(opened.plan().tileCount()).isEqualTo(12 + 54);
            assertThat(opened.metadata().dpi().orElseThrow()).isBetween(299.9, 300.1);
        }
    }

    @Test
    void whatAKilledProcessWasWritingIsDeletedWhenItIsOpenedAgain() throws IOException {
        redraws.create("a").close();
        Path chunks = Files.createDirectories(job.resolve("canvas/0-0/c/0/0"));
        List<Path> left = List.of(
                Files.writeString(job.resolve("progress.json.12ab.partial"), "{"),
                Files.writeString(chunks.resolve("0.ffffffffffffffff.partial"), "half a chunk"));
        Path others = Files.writeString(job.resolve("diary.partial"), "mine");
        Job.open(job).close();
        assertThat(left).noneMatch(Files::exists);
        assertThat(others).exists();
    }

    @Test
    void theSameRequestInTheSameFolderIsToResume() {
        redraws.create("a").close();
        assertThatThrownBy(() -> redraws.create("a"))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("holds this very job already")
                .hasMessageContaining("giga resume " + job);
        assertThatThrownBy(() -> Job.create(job, redraws.request("a", Redraws.TILING, 1, 2)))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("holds another job");
    }

    @Test
    void aFolderOfOthersIsRefusedAndLeftAlone() throws IOException {
        Files.createDirectories(job);
        Files.writeString(job.resolve("diary.txt"), "mine");
        assertThatThrownBy(() -> redraws.create("a"))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("is not empty and holds no job");
        assertThat(job.toFile().list()).containsExactly("diary.txt");
        assertThatThrownBy(() -> Job.open(job))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("is no job: it has no job.json");
    }

    @Test
    void aFileInTheFoldersPlaceIsRefused() throws IOException {
        Files.writeString(job, "a file");
        assertThatThrownBy(() -> redraws.create("a"))
                .isInstanceOf(JobException.class)
                .hasMessageContaining(job.toString());
        assertThatThrownBy(() -> Job.open(job)).isInstanceOf(JobException.class).hasMessageContaining("is no job");
    }

    @Test
    void whatIsRefusedLeavesNoFolder() throws IOException {
        Request fine = redraws.request("a", Redraws.TILING, 1, 2);
        Files.writeString(redraws.input(), "<html>not found</html>");
        assertThatThrownBy(() -> Job.create(job, fine)).isInstanceOf(PictureException.class);
        redraws.writePicture(150, 100, 1);
        Files.delete(folder.resolve("model.safetensors"));
        assertThatThrownBy(() -> Job.create(job, fine))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("model.safetensors: there is no such file or folder");
        Request unknown = redraws.request("a.bmp", Redraws.TILING, 1, 2);
        Request bitmap =
                new Request(unknown.input(), folder.resolve("a.bmp").toString(), unknown.result(), unknown.passes());
        assertThatThrownBy(() -> Job.create(job, bitmap)).isInstanceOf(PictureException.class);
        assertThat(job).doesNotExist();
    }

    @Test
    void theResultMustNotReplaceThePicture() {
        Request fine = redraws.request("a", Redraws.TILING, 1, 2);
        Request same =
                new Request(fine.input(), folder.resolve("sub/../in.png").toString(), fine.result(), fine.passes());
        assertThat(folder.resolve("sub").toFile().mkdir()).isTrue();
        assertThatThrownBy(() -> Job.create(job, same)).hasMessageContaining("would replace the picture");
    }

    @Test
    void whatIsNoPathIsRefused() {
        Request fine = redraws.request("a", Redraws.TILING, 1, 2);
        Request broken = new Request("in\0.png", fine.output(), fine.result(), fine.passes());
        assertThatThrownBy(() -> Job.create(job, broken))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("cannot be a path");
    }

    @Test
    void whatAKillLeavesWhileAJobBeginsIsNoObstacle() throws IOException {
        redraws.create("a").close();
        Files.delete(job.resolve(Manifest.NAME));
        Files.writeString(job.resolve("plan.json.1234.partial"), "{");
        redraws.create("a").close();
        Job.open(job).close();
    }

    @ParameterizedTest
    @CsvSource({"recipe.toml,seed = 1,seed = 2", "plan.json,source,sauce", "metadata.json,dpi,dpj"})
    void anEditedFileIsToldFromTheOneTheJobBeganWith(String name, String from, String to) throws IOException {
        redraws.create("a").close();
        Path file = job.resolve(name);
        String text = Files.readString(file);
        Files.writeString(file, text.replace(from, to));
        assertThat(file).content().isNotEqualTo(text);
        assertThatThrownBy(() -> Job.open(job))
                .isInstanceOf(JobException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("Restore it from a copy, or start a new job");
        Files.delete(file);
        assertThatThrownBy(() -> Job.open(job))
                .isInstanceOf(JobException.class)
                .hasMessageContaining(file + " is missing");
        Files.write(file, new byte[1 << 20]);
        assertThatThrownBy(() -> Job.open(job)).isInstanceOf(JobException.class).hasMessageContaining("is longer");
    }

    @Test
    void aJobOfAnotherVersionIsRefusedInASentence() throws IOException {
        redraws.create("a").close();
        Files.writeString(job.resolve(Manifest.NAME), "{\"format\": 7, \"tomorrow\": []}");
        assertThatThrownBy(() -> Job.open(job))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("job format 7; this one reads format 4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"format\":4}",
                "{\"format\":4, \"source\": 3}",
                "{\"format\":4, \"source\": {\"bytes\": -1, \"sha256\": \"x\"}}",
                "{\"format\": \"1\"}",
                "{\"format\": 99999999999}"
            })
    void aDamagedManifestIsRefusedInASentence(String text) throws IOException {
        redraws.create("a").close();
        Files.writeString(job.resolve(Manifest.NAME), text);
        assertThatThrownBy(() -> Job.open(job))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("job.json is damaged");
    }

    @Test
    void anotherPictureIsNotRedrawnByAnOldJob() throws IOException {
        redraws.create("a").close();
        redraws.writePicture(150, 100, 2);
        assertThatThrownBy(() -> Job.open(job))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("The picture " + redraws.input() + " has changed since the job");
        redraws.writePicture(150, 100, 1);
        Job.open(job).close();
    }

    @Test
    void anotherModelIsNotTakenForTheOld() throws IOException {
        Path model = folder.resolve("model.safetensors");
        byte[] weights = new byte[8 << 20];
        Files.write(model, weights);
        redraws.create("a").close();
        Job.open(job).close();
        // Far behind the header, where only samples look, and of the same size.
        Arrays.fill(weights, 5 << 20, 6 << 20, (byte) 1);
        Files.write(model, weights);
        assertThatThrownBy(() -> Job.open(job))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("The model " + model + " has changed since the job");
    }

    @Test
    void aModelFolderIsKnownByItsFiles() throws IOException {
        Path model = folder.resolve("model.safetensors");
        Files.delete(model);
        Files.createDirectories(model.resolve("unet"));
        Files.writeString(model.resolve("unet/weights"), "1");
        redraws.create("a").close();
        Job.open(job).close();
        Files.writeString(model.resolve("unet/weights"), "2");
        assertThatThrownBy(() -> Job.open(job)).hasMessageContaining("has changed");
    }

    @Test
    void discardingLeavesTheFilesOfOthers() throws IOException {
        try (Job created = redraws.create("a")) {
            created.publish("{}");
            assertThatThrownBy(() -> Job.discard(job)).hasMessageContaining("in use");
        }
        Files.writeString(job.resolve("notes.txt"), "mine");
        Job.discard(job);
        assertThat(job.toFile().list()).containsExactly("notes.txt");
        assertThatThrownBy(() -> Job.discard(job)).hasMessageContaining("is no job");
        redraws.create("b").close();
        Job.discard(redraws.job("b"));
        assertThat(redraws.job("b")).doesNotExist();
    }
}
