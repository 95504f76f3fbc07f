package giga.redraw.forecast;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
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

    /** How much memory the JVM's heap may still take: what it was given but has never used is not resident. */
    static long heapLeftMebibytes() {
        long used = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        return Math.max(0, (Runtime.getRuntime().maxMemory() - used) / MEBI);
    }
}
