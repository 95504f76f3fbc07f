package giga.cli;

import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.input.PictureFile;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DatasetCommandTest {
    @TempDir
    Path folder;

    @Test
    void cropsCaptionsAndManifestAreThereAsTrainersReadThem() throws IOException {
        Path picture = painting("old_harbour.png", 600, 500, 5);
        Path out = folder.resolve("training");
        Path titles = Files.writeString(
                folder.resolve("list.tsv"),
                "file\twidth\tartist\ttitle\nold_harbour.png\t600\tAnn Oyl\tThe {Harbour}\n");
        Run run = giga(
                "dataset",
                picture,
                "-o",
                out,
                "--size",
                "64",
                "--scales",
                "1,2,4",
                "--count",
                "20",
                "--repeats",
                "3",
                "--name",
                "oil painting",
                "--titles",
                titles);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("training, 20 crops of 1 picture in ");

        JsonNode manifest = JsonMapper.shared().readTree(out.resolve("dataset.json"));
        assertThat(manifest.get("crops")).hasSize(20);
        assertThat(names(out)).containsExactly("3_oil painting", "dataset.json");
        assertThat(names(out.resolve("3_oil painting")))
                .hasSize(40)
                .startsWith("old_harbour_0001.png", "old_harbour_0001.txt", "old_harbour_0002.png");
        try (PictureFile file = PictureFile.open(picture)) {
            Pixels whole = file.read();
            for (JsonNode crop : manifest.get("crops")) checkCrop(out, whole, crop);
        }
        assertThat(manifest.get("crops"))
                .extracting(crop -> crop.get("scale").asInt())
                .contains(1, 2, 4);
    }

    private static void checkCrop(Path out, Pixels whole, JsonNode crop) throws IOException {
        Path file = out.resolve(crop.get("file").asString());
        Region where = new Region(
                crop.get("x").asInt(),
                crop.get("y").asInt(),
                crop.get("width").asInt(),
                crop.get("height").asInt());
        assertThat(where.width()).isEqualTo(64 * crop.get("scale").asInt());
        try (PictureFile cut = PictureFile.open(file)) {
            assertThat(cut.read().rgb())
                    .isEqualTo(Resample.resize(whole.read(where), 64, 64, Filter.LANCZOS)
                            .rgb());
        }
        String caption = crop.get("caption").asString();
        assertThat(caption).startsWith("gigapixel closeup of painting, The {Harbour}, by Ann Oyl, ");
        assertThat(Path.of(file.toString().replace(".png", ".txt"))).hasContent(caption);
        assertThat(crop.get("features").get("across").asDouble()).isGreaterThan(1);
    }

    @Test
    void theSameCallGivesTheSameBytes() throws IOException {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        Files.move(painting("a.png", 400, 300, 1), pictures.resolve("a.png"));
        Files.move(painting("b.jpg", 300, 500, 2), pictures.resolve("b.jpg"));
        Files.writeString(pictures.resolve("notes.txt"), "no picture");
        for (String out : List.of("one", "two"))
            assertThat(giga("dataset", pictures, "-o", folder.resolve(out), "--size", "64", "--count", "12")
                            .code())
                    .isZero();
        Map<String, String> first = contents(folder.resolve("one"));
        assertThat(first).hasSize(25).containsKeys("1_painting/a_0001.png", "1_painting/b_0001.png");
        assertThat(contents(folder.resolve("two"))).isEqualTo(first);
        giga("dataset", pictures, "-o", folder.resolve("three"), "--size", "64", "--count", "12", "--seed", "9");
        assertThat(contents(folder.resolve("three"))).isNotEqualTo(first);
    }

    @Test
    void whatIsTooSmallOrFlatIsNamedAndLeftOut() throws IOException {
        Path good = painting("good.png", 300, 300, 3);
        Path small = painting("small.png", 63, 300, 4);
        Path flat = folder.resolve("flat.png");
        ImageIO.write(new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB), "png", flat.toFile());
        Path out = folder.resolve("out");
        Run run = giga("dataset", good, small, flat, "-o", out, "--size", "64", "--count", "4", "--format", "jpg");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("small.png: skipped, 63x300 is smaller than a crop of 64 pixels")
                .contains("flat.png: skipped, nothing in it is worth cutting");
        assertThat(Files.readString(out.resolve("dataset.json"))).contains("small.png", "flat.png", "good_0004.jpg");

        assertThat(giga("dataset", small, "-o", folder.resolve("none"), "--size", "64")
                        .err())
                .contains("No picture has the 64 pixels a side");
        assertThat(giga("dataset", flat, "-o", folder.resolve("none"), "--size", "64")
                        .err())
                .contains("Nothing in these pictures is worth cutting");
        assertThat(giga("dataset", Files.createDirectory(folder.resolve("empty")), "-o", folder.resolve("none"))
                        .err())
                .contains("there are no pictures in this folder");
        Run damaged = giga(
                "dataset",
                good,
                TestPictures.half(good, folder.resolve("half.png")),
                "-o",
                folder.resolve("none"),
                "--size",
                "64");
        assertThat(damaged.code()).isEqualTo(1);
        assertThat(damaged.err()).contains("half.png").contains("damaged or cut off");
        assertThat(names(folder)).noneMatch(name -> name.equals("none") || name.startsWith("."));
    }

    @Test
    void nothingButAnOlderDataSetIsReplaced() throws IOException {
        Path picture = painting("p.png", 300, 300, 3);
        Path out = Files.createDirectory(folder.resolve("out"));
        Object[] call = {"dataset", picture, "-o", out, "--size", "64", "--count", "2"};
        assertThat(giga(call).code()).isZero();
        assertThat(giga(call).err()).contains("there is a data set already").contains("--force");
        assertThat(giga("dataset", picture, "-o", out, "--size", "64", "--count", "1", "--force")
                        .code())
                .isZero();
        assertThat(names(out.resolve("1_painting"))).hasSize(2);

        Path mine = Files.createDirectory(folder.resolve("mine"));
        Files.writeString(mine.resolve("letter.txt"), "mine");
        assertThat(giga("dataset", picture, "-o", mine, "--size", "64", "--force")
                        .err())
                .contains("this folder holds something else");
        assertThat(giga("dataset", picture, "-o", picture, "--size", "64", "--force")
                        .err())
                .contains("this is a file");
        assertThat(giga("dataset", out.resolve("1_painting"), "-o", out, "--size", "64", "--force")
                        .err())
                .contains("where the data set is to be");
        assertThat(names(mine)).containsExactly("letter.txt");
        assertThat(giga("dataset", picture, "-o", folder.resolve("a/b"), "--size", "64")
                        .err())
                .contains("Create it first");
    }

    @Test
    void wrongUseIsSaidInASentence() throws IOException {
        Path picture = painting("p.png", 300, 300, 3);
        Path out = folder.resolve("out");
        Map<List<String>, String> wrong = Map.of(
                List.of("--size", "100"), "size 100",
                List.of("--size", "-64"), "size -64",
                List.of("--scales", "1,3"), "scales [1, 3]",
                List.of("--count", "0"), "count 0",
                List.of("--repeats", "0"), "repeats 0",
                List.of("--name", "../up"), "name '../up'",
                List.of("--caption", "{colour}"), "{colour} is none of {title}",
                List.of("--caption", "a } b"), "a brace stands alone",
                List.of("--format", "gif"), "'gif' is not one of png, jpg");
        wrong.forEach((arguments, reason) -> {
            Run run = giga("dataset", picture, "-o", out, arguments);
            assertThat(run.code()).as("%s", arguments).isEqualTo(2);
            assertThat(run.err()).contains(reason);
        });
        Path titles = Files.writeString(folder.resolve("list.tsv"), "name\ttitle\n");
        assertThat(giga("dataset", picture, "-o", out, "--titles", titles).err())
                .contains("its first line must name");
        Files.writeString(titles, "title\tfile\nonly a title\n");
        assertThat(giga("dataset", picture, "-o", out, "--titles", titles).err())
                .contains("list.tsv, line 2: there is no file");
        assertThat(out).doesNotExist();
    }

    /** Stripes, blots and grain in several colours. */
    private Path painting(String name, int width, int height, long seed) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) {
                int grain = random.nextInt(20 + 60 * x / width);
                int stripes = 40 * ((y < height / 2 ? x : y) / 4 % 2);
                image.setRGB(x, y, 60 + grain + stripes << 16 | 60 + grain + 60 * y / height << 8 | 40 + grain);
            }
        Path file = folder.resolve(name);
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
        return file;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(
                            file -> folder.relativize(file).toString(),
                            DatasetCommandTest::content,
                            (one, _) -> one,
                            TreeMap::new));
        }
    }

    private static String content(Path file) {
        try {
            return java.util.HexFormat.of().formatHex(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
