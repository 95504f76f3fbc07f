package giga.redraw.forecast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process has used of the machine's memory, natives included. */
public final class Memory {
    private static final long MEBI = 1 << 20;

    private Memory() {}

    /** The most resident memory so far, in MiB; 0 where the system does not tell. */
    public static long peakMebibytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        } catch (IOException e) {
            // Only Linux has this file.
        }
        return 0;
    }

    /** By how much the JVM's heap can still grow. */
    static long heapLeftMebibytes() {
        Runtime runtime = Runtime.getRuntime();
        return (runtime.maxMemory() - runtime.totalMemory()) / MEBI;
    }
}
