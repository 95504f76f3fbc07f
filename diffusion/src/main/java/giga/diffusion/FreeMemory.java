package giga.diffusion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Memory that this process can still get: what Linux has left or could take back from its cache of files, within the
 * limits of its control groups, of either version. Swap does not count: weights are read at every step.
 *
 * @param root of the file system
 */
record FreeMemory(Path root) {
    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d{1,15}) kB");
    /** Of version 2, and of version 1, whose other lines leave out the groups below. */
    private static final Pattern CACHE = Pattern.compile("(?m)^(?:total_)?(?:in)?active_file (\\d{1,18})$");

    private static final Pattern TOTAL_CACHE = Pattern.compile("(?m)^total_(?:in)?active_file (\\d{1,18})$");
    private static final Pattern UNIFIED = Pattern.compile("(?m)^0::(/.*)$");

    static FreeMemory ofThisMachine() {
        return new FreeMemory(Path.of("/"));
    }

    /** Empty where the system does not tell. */
    OptionalLong bytes() {
        LongStream.Builder limits = LongStream.builder();
        text("proc/meminfo")
                .map(AVAILABLE::matcher)
                .filter(Matcher::find)
                .ifPresent(found -> limits.add(Long.parseLong(found.group(1)) << 10));
        group("sys/fs/cgroup/memory/", "memory.limit_in_bytes", "memory.usage_in_bytes", TOTAL_CACHE)
                .ifPresent(limits::add);
        for (String group = ownGroup(); ; group = group.substring(0, Math.max(0, group.lastIndexOf('/')))) {
            group("sys/fs/cgroup" + group + "/", "memory.max", "memory.current", CACHE)
                    .ifPresent(limits::add);
            if (group.isEmpty()) return limits.build().min();
        }
    }

    /** Path below the mount of control groups, without a slash at its end. */
    private String ownGroup() {
        return text("proc/self/cgroup")
                .map(UNIFIED::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1).replaceFirst("/+$", ""))
                .filter(group -> !group.contains(".."))
                .orElse("");
    }

    /** What a group has left; empty where it has no limit. */
    private OptionalLong group(String folder, String limitFile, String usedFile, Pattern cachePattern) {
        OptionalLong limit = number(folder + limitFile);
        OptionalLong used = number(folder + usedFile);
        if (limit.isEmpty() || used.isEmpty()) return OptionalLong.empty();
        long cache = text(folder + "memory.stat")
                .map(stat -> cachePattern
                        .matcher(stat)
                        .results()
                        .mapToLong(line -> Long.parseLong(line.group(1)))
                        .sum())
                .orElse(0L);
        return OptionalLong.of(Math.max(0, limit.getAsLong() - used.getAsLong() + Math.min(cache, used.getAsLong())));
    }

    private OptionalLong number(String file) {
        return text(file)
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    private Optional<String> text(String file) {
        try {
            Path path = root.resolve(file);
            return Files.isRegularFile(path) ? Optional.of(Files.readString(path)) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
